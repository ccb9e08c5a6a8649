package org.guiling.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.item.VisibleItems;
import org.guiling.ledger.Ledger;
import org.guiling.ledger.LedgerEntry;
import org.guiling.ledger.LedgerFilter;
import org.guiling.organization.Organization;
import org.guiling.process.FiveStepZeroing;
import org.guiling.text.Texts;
import org.guiling.web.Dues.Due;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The ledger as a list (台账): filtered by what the ledger knows, page by page, and exported as it is shown. */
@Controller
class LedgerPages {

    private static final int PAGE = 50;

    private final VisibleItems items;
    private final Ledger ledger;
    private final Organization organization;
    private final FormFiles formFiles;
    private final CountedPart countedPart;
    private final Dues dues;
    private final Texts texts;

    LedgerPages(
            VisibleItems items,
            Ledger ledger,
            Organization organization,
            FormFiles formFiles,
            CountedPart countedPart,
            Dues dues,
            Texts texts) {
        this.items = items;
        this.ledger = ledger;
        this.organization = organization;
        this.formFiles = formFiles;
        this.countedPart = countedPart;
        this.dues = dues;
        this.texts = texts;
    }

    /** @param due null for what is ended */
    record Line(
            String itemNo,
            String title,
            String unit,
            String source,
            String level,
            String category,
            Step step,
            String status,
            Light light,
            Due due) {}

    /** One value to choose from. */
    record Choice(String value, String label, boolean chosen) {}

    @GetMapping("/items")
    String list(
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam(defaultValue = "DUE") Ledger.Sort sort,
            @RequestParam(required = false) String cursor,
            Model model) {
        Ledger.Page page =
                ledger.page(items.scope(), filter, sort, cursor == null || cursor.isBlank() ? null : cursor, PAGE);
        String query = query(filter);
        model.addAttribute("lines", page.items().stream().map(this::line).toList());
        model.addAttribute("count", ledger.count(items.scope(), filter));
        model.addAttribute("continued", cursor != null && !cursor.isBlank());
        model.addAttribute("firstLink", "/items?" + query + "sort=" + sort);
        model.addAttribute(
                "nextLink", page.next() == null ? null : "/items?" + query + "sort=" + sort + "&cursor=" + page.next());
        model.addAttribute("exportLink", "/api/exports/ledger.xlsx?" + query);
        model.addAttribute("counted", CountedPart.parameters(filter.counted()));
        model.addAttribute("countedWords", countedPart.words(filter.counted()));
        model.addAttribute("sorts", choices(Ledger.Sort.values(), sort));
        model.addAttribute("statuses", choices(ItemStatus.values(), filter.status()));
        model.addAttribute("steps", choices(Step.values(), filter.step()));
        model.addAttribute("lights", choices(Light.values(), filter.light()));
        model.addAttribute("sourceTypes", choices(SourceType.values(), filter.sourceType()));
        model.addAttribute(
                "levels",
                choices(
                        "level",
                        "Level",
                        filter.level() == null ? null : filter.level().toString()));
        model.addAttribute("categories", choices("category", "Category", filter.category()));
        model.addAttribute(
                "units",
                organization.units().stream()
                        .map(unit ->
                                new Choice(unit.code(), unit.name(), unit.code().equals(filter.leadUnit())))
                        .toList());
        return "ledger";
    }

    private Line line(LedgerEntry entry) {
        return new Line(
                entry.itemNo(),
                entry.title(),
                entry.leadUnitName(),
                texts.label(entry.sourceType()),
                texts.label("Level", entry.level()),
                texts.label("Category", entry.category()),
                entry.step(),
                texts.label(entry.status()),
                entry.light(),
                entry.status().isOpen() ? dues.of(entry.due()) : null);
    }

    private List<Choice> choices(Enum<?>[] values, Enum<?> chosen) {
        return Arrays.stream(values)
                .map(value -> new Choice(value.name(), texts.label(value), value == chosen))
                .toList();
    }

    /** What the registration form offers under this name. */
    private List<Choice> choices(String key, String kind, String chosen) {
        return formFiles.options(FiveStepZeroing.START_FORM).get(key).stream()
                .map(value -> new Choice(value, texts.label(kind, value), value.equals(chosen)))
                .toList();
    }

    /** The filter as the addresses of the ledger and of its export carry it. */
    private static String query(LedgerFilter filter) {
        UriComponentsBuilder query = UriComponentsBuilder.newInstance();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("status", filter.status());
        values.put("step", filter.step());
        values.put("light", filter.light());
        values.put("leadUnit", filter.leadUnit());
        values.put("level", filter.level());
        values.put("sourceType", filter.sourceType());
        values.put("category", filter.category());
        values.put("text", filter.text());
        values.put("overdue", filter.overdue());
        values.putAll(CountedPart.parameters(filter.counted()));
        values.forEach((name, value) -> {
            if (value != null && !value.toString().isBlank()) {
                query.queryParam(name, value);
            }
        });
        String text = query.encode().build().getQuery();
        return text == null || text.isEmpty() ? "" : text + "&";
    }
}
