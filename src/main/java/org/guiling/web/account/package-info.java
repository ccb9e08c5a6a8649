/** A person's own account: password, second factor, sessions. */
package org.guiling.web.account;
