/** Writes the ledger into workbooks. */
@org.springframework.modulith.NamedInterface("export")
package org.guiling.ledger.export;
