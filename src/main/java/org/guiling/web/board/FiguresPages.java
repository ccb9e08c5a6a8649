package org.guiling.web.board;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.ledger.board.FigureTables;
import org.guiling.ledger.board.Grouping;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.Problems;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The figures of DOMAIN.md §5 on any day, by unit, tier, category or source (统计指标). */
@Controller
public class FiguresPages {

    private final VisibleItems items;
    private final FigureTables figures;
    private final BoardChoices choices;
    private final Problems problems;
    private final Texts texts;
    private final OfficeClock clock;

    FiguresPages(
            VisibleItems items,
            FigureTables figures,
            BoardChoices choices,
            Problems problems,
            Texts texts,
            OfficeClock clock) {
        this.items = items;
        this.figures = figures;
        this.choices = choices;
        this.problems = problems;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param asOf the day; null for today */
    @GetMapping("/board/figures")
    String figures(
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
            @RequestParam(defaultValue = "UNIT") Grouping by,
            @ModelAttribute("filter") BoardFilter asked,
            HttpServletResponse response,
            Model model) {
        LocalDate today = clock.today();
        LocalDate day = asOf == null ? today : asOf;
        DataScope scope = items.scope();
        BoardFilter filter = asked.under(null).of(null);
        model.addAttribute("asOf", day);
        model.addAttribute("today", today);
        model.addAttribute("by", by);
        model.addAttribute("ofTheCity", items.areOfTheCity());
        choices.addTo(model, scope, asked);
        model.addAttribute(
                "groupings",
                Arrays.stream(Grouping.values())
                        .map(each -> new BoardChoices.Choice(each.name(), texts.label(each), each == by))
                        .toList());
        try {
            model.addAttribute("rows", figures.rows(scope, filter.ledger(), asked.unit(), day, by));
        } catch (RefusedException refusal) {
            // The day stays in its field, and the page says what is wrong with it.
            response.setStatus(Problems.statusOf(refusal).value());
            model.addAttribute("refused", problems.text(refusal));
            model.addAttribute("rows", List.of());
        }
        return "board-figures";
    }
}
