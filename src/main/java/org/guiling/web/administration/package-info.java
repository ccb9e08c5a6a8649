/** Administration of units, people, accounts, calendar, and the audit trail. */
package org.guiling.web.administration;
