/** Imports workbooks and CSV files into the ledger: columns are recognized, rows checked, items registered. */
@org.springframework.modulith.NamedInterface("imports")
package org.guiling.ledger.imports;
