/** Reads single values of a cell: amounts, dates, codes, names of units. */
@org.springframework.modulith.NamedInterface("value")
package org.guiling.ledger.value;
