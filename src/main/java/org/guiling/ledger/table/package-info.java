/**
 * Reads tables from files that strangers made. Holds one row at a time, believes nothing that a file says about itself,
 * and answers whatever is wrong with a refusal that a person can read.
 */
package org.guiling.ledger.table;
