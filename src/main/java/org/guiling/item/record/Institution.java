package org.guiling.item.record;

import java.time.LocalDate;

/** A lasting rule that came of an item (制度成果). */
public record Institution(String name, String docNo, LocalDate issuedOn) {}
