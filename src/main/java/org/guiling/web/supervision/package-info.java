/** Supervision and spot checks. */
package org.guiling.web.supervision;
