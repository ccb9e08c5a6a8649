/** The ledger as a list, and its export. */
package org.guiling.web.ledger;
