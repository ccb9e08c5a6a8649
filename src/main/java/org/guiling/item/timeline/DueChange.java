package org.guiling.item.timeline;

import java.time.LocalDate;

/**
 * A date that moved.
 *
 * @param from null where there was none before
 * @param to null where there is none any more
 * @param basis what the new date rests on: a limit, a source document, a notice of the State Council; may be null
 */
public record DueChange(LocalDate from, LocalDate to, String basis) {}
