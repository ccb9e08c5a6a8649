/** Refuses a production start with a secret that everybody knows. */
package org.guiling.organization.secret;
