package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.DataScope;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.VisibleItems;
import org.guiling.ledger.Figures;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the ledger stands. */
@RestController
@Tag(name = "figures", description = "How the ledger stands")
class FiguresApi {

    private static final int URGENT = 10;

    private final Figures figures;
    private final VisibleItems visibleItems;
    private final WorkingCalendars calendars;
    private final Clock clock;

    FiguresApi(Figures figures, VisibleItems visibleItems, WorkingCalendars calendars, Clock clock) {
        this.figures = figures;
        this.visibleItems = visibleItems;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * The figures of a day.
     *
     * @param openByStep every step, with the lights that it has
     * @param mostUrgent the ten that are due first
     */
    record FiguresDocument(
            LocalDate asOf,
            Figures.Totals totals,
            Map<Step, Map<Light, Long>> openByStep,
            List<ListedItem> mostUrgent) {}

    @GetMapping("/api/figures")
    @Operation(summary = "Of what you may see: totals, what is open by step and light, the ten most urgent items")
    FiguresDocument figures() {
        DataScope scope = visibleItems.scope();
        LocalDate today = LocalDate.now(clock);
        WorkingCalendar calendar = calendars.current();
        return new FiguresDocument(
                today,
                figures.totals(scope),
                figures.openByStepAndLight(scope, today),
                figures.mostUrgent(scope, URGENT).stream()
                        .map(item -> ListedItem.of(item, calendar))
                        .toList());
    }
}
