/** Searches the ledger: filters, sorting, paging, and the SQL of both. */
@org.springframework.modulith.NamedInterface("search")
package org.guiling.ledger.search;
