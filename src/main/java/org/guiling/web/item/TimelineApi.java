package org.guiling.web.item;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.timeline.Timeline;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.TimelineLine;
import org.guiling.web.support.TimelineTexts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The history of an item. */
@RestController
@Tag(name = "items", description = "The ledger")
class TimelineApi {

    private final VisibleItems items;
    private final Timeline timeline;
    private final TimelineTexts timelineTexts;

    TimelineApi(VisibleItems items, Timeline timeline, TimelineTexts timelineTexts) {
        this.items = items;
        this.timeline = timeline;
        this.timelineTexts = timelineTexts;
    }

    /** @param total how many there are, as on the other pages */
    record TimelineDocument(String itemNo, List<TimelineLine> entries, int total) {}

    @GetMapping("/api/items/{itemNo}/timeline")
    @Operation(
            operationId = "itemsTimeline",
            summary = "Who did what to an item, when and why",
            description = "Each step, change of a date, notice and refusal, the oldest first; text is for people.")
    TimelineDocument timeline(
            @PathVariable String itemNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        Item item = items.get(itemNo);
        return new TimelineDocument(
                itemNo,
                timeline.of(item, PageSize.offset(offset), PageSize.of(limit)).stream()
                        .map(timelineTexts::line)
                        .toList(),
                timeline.count(item));
    }
}
