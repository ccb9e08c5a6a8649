package org.guiling.notification;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message as it leaves the house: kind, numbers, links (DOMAIN.md §3: nothing else).
 *
 * @param deliveryId stays the same when the message is tried again
 * @param kindLabel the kind in the channel's language
 * @param subject one line that says it all
 * @param hint what to do, in the channel's language
 * @param lines one for each item
 * @param time when it was written, as people read it; also keeps a channel that drops repeated texts (DingTalk) from
 *     taking tomorrow's message for today's
 */
public record Message(
        long deliveryId,
        NoticeKind kind,
        String kindLabel,
        String subject,
        String hint,
        List<Line> lines,
        Instant at,
        String time) {

    /** An item's number and where to find it. */
    public record Line(String itemNo, URI link) {}

    /** The whole message as plain text. */
    public String text() {
        return lines.stream()
                .map(line -> line.itemNo() + " " + line.link())
                .collect(Collectors.joining("\n", subject + "\n", "\n" + hint + "\n" + time));
    }

    /** The whole message in the little Markdown that WeCom's and DingTalk's robots share. */
    public String markdown() {
        return lines.stream()
                .map(line -> "- [" + line.itemNo() + "](" + line.link() + ")")
                .collect(Collectors.joining("\n", "**" + subject + "**\n\n", "\n\n" + hint + "\n\n" + time));
    }
}
