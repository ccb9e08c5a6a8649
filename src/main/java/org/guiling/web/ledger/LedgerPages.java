package org.guiling.web.ledger;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.ledger.search.Counted;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.view.LedgerView;
import org.guiling.ledger.view.LedgerViews;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.ledger.FilterPanel.Choice;
import org.guiling.web.support.Problems;
import org.guiling.web.support.SearchWords;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger as a list (台账): filtered by what the ledger knows, page by page, and exported as it is shown. */
@Controller
public class LedgerPages {

    private static final int PAGE = 50;

    private final VisibleLedger ledger;
    private final LedgerLines lines;
    private final LedgerViews views;
    private final FilterPanel filterPanel;
    private final CountedPart countedPart;
    private final LedgerAddress address;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final Texts texts;

    LedgerPages(
            VisibleLedger ledger,
            LedgerLines lines,
            LedgerViews views,
            FilterPanel filterPanel,
            CountedPart countedPart,
            LedgerAddress address,
            CurrentPerson currentPerson,
            Problems problems,
            Texts texts) {
        this.ledger = ledger;
        this.lines = lines;
        this.views = views;
        this.filterPanel = filterPanel;
        this.countedPart = countedPart;
        this.address = address;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.texts = texts;
    }

    /** @param link where the view is opened */
    record ViewLink(LedgerView view, String link, boolean open) {}

    @GetMapping(LedgerAddress.PAGE)
    String list(
            @ModelAttribute("filter") LedgerFilter filter,
            BindingResult binding,
            @RequestParam(defaultValue = "DUE") Ledger.Sort sort,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long view,
            @RequestParam(required = false) String search,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String person = currentPerson.get().id();
        List<LedgerView> saved = views.of(person);
        if (request.getQueryString() == null) {
            LedgerView first =
                    saved.stream().filter(LedgerView::first).findFirst().orElse(null);
            if (first != null) {
                return "redirect:" + address.page(first);
            }
        }
        LedgerView open = saved.stream()
                .filter(each -> view != null && each.id() == view)
                .findFirst()
                .orElse(null);
        List<String> columns = open == null ? views.columnsOf(person) : open.columns();
        Map<String, String> wrong = problems(binding);
        if (wrong.isEmpty()) {
            try {
                Ledger.Page page = ledger.page(filter, sort, blankToNull(cursor), PAGE);
                lines.addTo(model, page.items(), columns);
                long count = ledger.count(filter);
                model.addAttribute("count", count);
                model.addAttribute("more", count > Ledger.MOST_COUNTED);
                model.addAttribute("next", page.next());
            } catch (RefusedException refused) {
                if (refused.problems().stream()
                        .anyMatch(problem ->
                                problem.field() == null || problem.field().equals("cursor"))) {
                    throw refused;
                }
                problems.errors(refused).forEach(error -> wrong.put(error.field(), error.message()));
            }
        }
        if (!wrong.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        Map<String, String> entered = entered(request);
        FilterPanel.Panel panel = filterPanel.of(entered, wrong);
        Map<String, String> asked = filter == null ? Map.of() : filter.values();
        Long openId = open == null ? null : open.id();
        model.addAttribute("panel", panel);
        Counted counted = filter == null ? null : filter.counted();
        model.addAttribute("counted", CountedPart.parameters(counted));
        model.addAttribute("countedWords", countedPart.words(counted));
        model.addAttribute("usable", wrong.isEmpty());
        model.addAttribute("asked", asked);
        model.addAttribute("forgotten", SearchWords.isForgotten(search, asked.get(SearchWords.WORDS)));
        model.addAttribute("sort", sort);
        model.addAttribute("sorts", sorts(sort));
        model.addAttribute("chips", chips(panel, sort, openId));
        model.addAttribute("continued", blankToNull(cursor) != null);
        model.addAttribute("firstLink", address.page(asked, sort, openId));
        model.addAttribute("exportLink", address.export(asked, sort, LedgerLines.exported(columns)));
        model.addAttribute("exportAllLink", address.export(asked, sort, List.of()));
        model.addAttribute("views", viewLinks(saved, openId));
        model.addAttribute("open", open);
        model.addAttribute("changed", open != null && isChanged(open, SearchWords.query(asked), sort));
        lines.addColumnsTo(model, columns);
        return "ledger";
    }

    /** Searches by the form, which sends its words in the body, and leads to the list. */
    @PostMapping("/items/search")
    String search(HttpServletRequest form) {
        return "redirect:" + address.page(form);
    }

    /** A chip's label and value, and where one goes to be rid of it. */
    record ChipLink(String label, String value, String link) {}

    private List<ChipLink> chips(FilterPanel.Panel panel, Ledger.Sort sort, Long view) {
        return panel.chips().stream()
                .map(chip -> new ChipLink(chip.label(), chip.value(), address.page(chip.without(), sort, view)))
                .toList();
    }

    private List<ViewLink> viewLinks(List<LedgerView> saved, Long open) {
        return saved.stream()
                .map(each -> new ViewLink(each, address.page(each), open != null && each.id() == open))
                .toList();
    }

    private static boolean isChanged(LedgerView open, String query, Ledger.Sort sort) {
        return open.sort() != sort || !open.filter().equals(query);
    }

    /** The parameters of the filter, as they were sent. */
    private static Map<String, String> entered(HttpServletRequest request) {
        Map<String, String> entered = new LinkedHashMap<>();
        Set<String> others = Set.of("sort", "cursor", "view", "lang", SearchWords.KEY);
        request.getParameterMap().forEach((name, values) -> {
            String value = String.join(",", values).strip();
            if (!others.contains(name) && !value.isEmpty()) {
                entered.put(name, value);
            }
        });
        return entered;
    }

    private Map<String, String> problems(BindingResult binding) {
        return binding.getFieldErrors().stream()
                .collect(Collectors.toMap(
                        error -> error.getField(),
                        error -> texts.get(
                                error.getField().contains(".") ? "ledger.filters.no-day" : "ledger.filters.no-value",
                                String.valueOf(error.getRejectedValue())),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private List<Choice> sorts(Ledger.Sort chosen) {
        return Arrays.stream(Ledger.Sort.values())
                .map(value -> new Choice(value.name(), texts.label(value), value == chosen))
                .toList();
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
