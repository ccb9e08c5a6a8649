package org.guiling.web.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.ledger.board.DatedFigures;
import org.guiling.ledger.board.Figures;
import org.guiling.ledger.board.Grouping;
import org.guiling.ledger.board.Rate;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.ListedItem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The figures of the ledger. */
@RestController
@Tag(name = "figures", description = "How the ledger stands")
class FiguresApi {

    private static final int URGENT = 10;

    private final Figures figures;
    private final DatedFigures datedFigures;
    private final VisibleItems visibleItems;
    private final WorkingCalendars calendars;
    private final OfficeClock clock;

    FiguresApi(
            Figures figures,
            DatedFigures datedFigures,
            VisibleItems visibleItems,
            WorkingCalendars calendars,
            OfficeClock clock) {
        this.figures = figures;
        this.datedFigures = datedFigures;
        this.visibleItems = visibleItems;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * The figures of a day.
     *
     * @param openByStep every step, with the lights that it has; null for a past day, of which no light is known
     * @param mostUrgent the ten that are due first; null for a past day
     * @param groups the figures of all items, which come first, and of each group; null where none were asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FiguresDocument(
            LocalDate asOf,
            Figures.Totals totals,
            Map<Step, Map<Light, Long>> openByStep,
            List<ListedItem> mostUrgent,
            List<FigureGroup> groups) {}

    /**
     * The figures of DOMAIN.md §5 of all items or a group of them.
     *
     * @param key code of the unit, tier, category or source; null for all
     * @param scored false for fewer than five items: rates and times are null then
     * @param declined 退单率: how often a unit gave an item back and was right, of how often one was given
     * @param duration 平均整改时长, in days; null where it is not scored
     */
    record FigureGroup(
            String key,
            Figures.Totals totals,
            boolean scored,
            Map<Rate, Share> rates,
            Share declined,
            DatedFigures.Duration duration) {

        static FigureGroup of(DatedFigures.Group group) {
            Map<Rate, Share> rates = new EnumMap<>(Rate.class);
            for (Rate rate : Rate.values()) {
                rates.put(
                        rate,
                        new Share(
                                group.percent(rate),
                                group.sets().get(rate.part()),
                                group.sets().get(rate.whole())));
            }
            return new FigureGroup(
                    group.key(),
                    group.totals(),
                    group.isScored(),
                    rates,
                    new Share(group.declinedPercent(), group.declined(), group.dispatches()),
                    group.isScored() ? group.duration() : null);
        }
    }

    /** @param percent with one decimal; null where it is not scored or there is nothing to divide by */
    record Share(BigDecimal percent, long part, long whole) {}

    @GetMapping("/api/figures")
    @Operation(
            summary = "Of what you may see: totals, what is open by step and light, the ten most urgent items",
            description =
                    "asOf is a past day (Asia/Shanghai) whose figures are told from the timeline; by tells rates and times"
                            + " of each unit, tier, category or source as well.")
    FiguresDocument figures(
            @RequestParam(required = false) LocalDate asOf, @RequestParam(required = false) Grouping by) {
        DataScope scope = visibleItems.scope();
        LocalDate today = clock.today();
        if (asOf == null || asOf.equals(today)) {
            return ofToday(scope, today, by);
        }
        List<DatedFigures.Group> groups = groups(scope, asOf, by);
        return new FiguresDocument(asOf, groups.get(0).totals(), null, null, documents(groups));
    }

    private FiguresDocument ofToday(DataScope scope, LocalDate today, Grouping by) {
        WorkingCalendar calendar = calendars.current();
        return new FiguresDocument(
                today,
                figures.totals(scope),
                figures.openByStepAndLight(scope, today),
                figures.mostUrgent(scope, URGENT).stream()
                        .map(item -> ListedItem.of(item, calendar))
                        .toList(),
                by == null ? null : documents(groups(scope, today, by)));
    }

    /** Without a grouping the sums alone. */
    private List<DatedFigures.Group> groups(DataScope scope, LocalDate day, Grouping by) {
        LedgerFilter everything = LedgerFilter.counting(null, null);
        return by == null
                ? List.of(datedFigures.total(scope, everything, null, day))
                : datedFigures.groups(scope, everything, null, day, by);
    }

    private static List<FigureGroup> documents(List<DatedFigures.Group> groups) {
        return groups.stream().map(FigureGroup::of).toList();
    }
}
