/** Saved views of the ledger: a filter and the columns. */
@org.springframework.modulith.NamedInterface("view")
package org.guiling.ledger.view;
