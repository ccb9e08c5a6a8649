package org.guiling.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.ledger.board.Figures;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The figures of the start page: totals, open items by step and light, and those that are the most urgent. */
@Component
class StartFigures {

    private static final int URGENT = 10;

    private final Figures figures;
    private final VisibleItems visibleItems;
    private final Dues dues;
    private final OfficeClock clock;

    StartFigures(Figures figures, VisibleItems visibleItems, Dues dues, OfficeClock clock) {
        this.figures = figures;
        this.visibleItems = visibleItems;
        this.dues = dues;
        this.clock = clock;
    }

    /** One of the four totals; alarming when it is not zero and should be. */
    record Total(String name, long count, boolean alarming) {}

    record LightCount(Light light, long count) {}

    record StepCard(int number, Step step, long count, List<LightCount> lights) {}

    record UrgentItem(String itemNo, String title, String unit, Step step, Due due, Light light) {}

    /** Those of the items that the reader may see, as they are today. */
    void addTo(Model model) {
        DataScope scope = visibleItems.scope();
        model.addAttribute("today", clock.today());
        model.addAttribute("ofTheCity", visibleItems.areOfTheCity());
        model.addAttribute("totals", totals(scope));
        model.addAttribute("steps", steps(scope));
        model.addAttribute("urgent", urgent(scope));
    }

    private List<Total> totals(DataScope scope) {
        Figures.Totals totals = figures.totals(scope);
        return List.of(
                new Total("registered", totals.registered(), false),
                new Total("open", totals.open(), false),
                new Total("closed", totals.closed(), false),
                new Total("overdue", totals.overdue(), totals.overdue() > 0));
    }

    private List<StepCard> steps(DataScope scope) {
        Map<Step, Map<Light, Long>> open = figures.openByStepAndLight(scope, clock.today());
        return Arrays.stream(Step.values())
                .map(step -> stepCard(step, open.getOrDefault(step, Map.of())))
                .toList();
    }

    private static StepCard stepCard(Step step, Map<Light, Long> counts) {
        List<LightCount> lights = Arrays.stream(Light.values())
                .map(light -> new LightCount(light, counts.getOrDefault(light, 0L)))
                .toList();
        long count = lights.stream().mapToLong(LightCount::count).sum();
        return new StepCard(step.ordinal() + 1, step, count, lights);
    }

    private List<UrgentItem> urgent(DataScope scope) {
        return figures.mostUrgent(scope, URGENT).stream()
                .map(item -> new UrgentItem(
                        item.itemNo(), item.title(), item.leadUnitName(), item.step(), dues.of(item), item.light()))
                .toList();
    }
}
