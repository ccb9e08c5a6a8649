package org.guiling.item;

/**
 * A source that an item took over from another that was merged into it (并案): it is answered together with the item's own.
 *
 * @param seq its number in the source document, or null
 */
public record MergedSource(String fromItem, SourceType type, String docNo, String seq) {}
