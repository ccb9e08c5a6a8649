package org.guiling.item.request;

import org.guiling.item.SourceType;

/**
 * A source that an item took over from another that was merged into it (并案): it is answered together with the item's own.
 *
 * @param seq its number in the source document, or null
 * @param answered whether it was answered since the item was registered or, later, reopened
 * @param replyNote how it was answered last, in words; or null
 */
public record MergedSource(
        String fromItem, SourceType type, String docNo, String seq, boolean answered, String replyNote) {}
