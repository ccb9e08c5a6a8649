/** Imports units and people from a workbook. */
@org.springframework.modulith.NamedInterface("organization")
package org.guiling.ledger.organization;
