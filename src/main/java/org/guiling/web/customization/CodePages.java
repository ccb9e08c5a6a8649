package org.guiling.web.customization;

import static java.util.Comparator.comparing;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.customization.Code;
import org.guiling.customization.CodeChange;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeList.Change;
import org.guiling.customization.CodeLists;
import org.guiling.customization.CodeLists.Codes;
import org.guiling.customization.OfficeFile;
import org.guiling.customization.OfficeFileKind;
import org.guiling.ledger.search.CodeUsage;
import org.guiling.organization.Tier;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The lists of codes (代码表) for administrators: what may be chosen, in which order, what it is called in both languages, and
 * how many items use it.
 */
@Controller
@RequestMapping(CodePages.PATH)
public class CodePages {

    public static final String PATH = "/administration/rules/codes";

    /** Names the inputs of the row for a further code; no code is written so. */
    private static final String FRESH = "new";

    private final CodeLists codeLists;
    private final CodeUsage usage;
    private final AdministrationForms forms;
    private final OfficeFileForms fileForms;
    private final Texts texts;

    CodePages(CodeLists codeLists, CodeUsage usage, AdministrationForms forms, OfficeFileForms fileForms, Texts texts) {
        this.codeLists = codeLists;
        this.usage = usage;
        this.forms = forms;
        this.fileForms = fileForms;
        this.texts = texts;
    }

    /**
     * A row of the page.
     *
     * @param name what the names of its inputs end with
     * @param position its place in the list, as it was entered
     * @param items how many have it
     */
    record Row(
            String name,
            String code,
            String chinese,
            String english,
            String position,
            boolean offered,
            Set<Tier> tiers,
            long items) {

        public boolean isFresh() {
            return name.equals(FRESH);
        }

        boolean isEmpty() {
            return (code + chinese + english).isBlank();
        }

        Row at(int place) {
            return new Row(name, code, chinese, english, Integer.toString(place), offered, tiers, items);
        }

        Code entry() {
            return new Code(code, chinese, english, offered, tiers.size() == Tier.values().length ? Set.of() : tiers);
        }
    }

    @GetMapping
    String lists(Model model) {
        model.addAttribute(
                "lists", Stream.of(CodeList.values()).map(codeLists::current).toList());
        return "rules-codes";
    }

    @GetMapping("/{key}")
    String list(@PathVariable String key, Model model) {
        OfficeFile<Codes> current = codeLists.current(known(key));
        show(current, rows(current.content()), current.expectedVersion(), model);
        model.addAttribute("problems", Map.of());
        return "rules-code-list";
    }

    @GetMapping("/{key}/file")
    ResponseEntity<byte[]> file(@PathVariable String key, @RequestParam int version) {
        return fileForms.file(OfficeFileKind.CODE_LIST, known(key).key(), version);
    }

    /** Shows the page again with the entered values when they are refused. */
    @PostMapping("/{key}")
    String change(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int expectedVersion,
            @RequestParam MultiValueMap<String, String> entered,
            HttpServletResponse response,
            Model model,
            RedirectAttributes next) {
        CodeList list = known(key);
        OfficeFile<Codes> current = codeLists.current(list);
        List<Row> rows = ordered(entered(current.content(), entered));
        List<Row> filled = rows.stream().filter(row -> !row.isEmpty()).toList();
        Runnable change = () -> {
            requireTiers(filled);
            tell(codeLists.change(list, filled.stream().map(Row::entry).toList(), expectedVersion), next);
        };
        if (forms.attempt(change, model, response)) {
            return "redirect:" + PATH + "/" + key;
        }
        List<Row> again = new ArrayList<>(filled);
        rows.stream().filter(Row::isEmpty).forEach(again::add);
        show(current, numbered(again), expectedVersion, model);
        return "rules-code-list";
    }

    @PostMapping("/{key}/restore")
    String restore(
            @PathVariable String key, @RequestParam(defaultValue = "0") int expectedVersion, RedirectAttributes next) {
        CodeList list = known(key);
        fileForms.attempt(next, () -> {
            tell(codeLists.restore(list, expectedVersion), next);
            next.addFlashAttribute("restored", true);
        });
        return "redirect:" + PATH + "/" + key;
    }

    private void tell(List<CodeChange> changes, RedirectAttributes next) {
        next.addFlashAttribute(
                "changes", changes.stream().map(change -> change.text(texts)).toList());
    }

    private void show(OfficeFile<Codes> current, List<Row> rows, int expectedVersion, Model model) {
        model.addAttribute("current", current);
        model.addAttribute(
                "name", texts.get("rules.codes." + current.content().list().kind()));
        model.addAttribute("rows", rows);
        model.addAttribute("expectedVersion", expectedVersion);
        model.addAttribute("rule", rule(current.content().list()));
        model.addAttribute("tiers", Tier.values());
    }

    /** The key of the text that says what may be changed. */
    private static String rule(CodeList list) {
        return "rules.codes.rule."
                + (list == CodeList.SOURCE_TYPE
                        ? "source"
                        : !list.isChangeable()
                                ? "fixed"
                                : list.may(Change.ADD) ? "open" : list.may(Change.ORDER) ? "order" : "name");
    }

    /**
     * The rows of the list. Lists in which nothing can be changed show their labels in force: an office may have its
     * own words for a step. The last row is for a further code, where there may be one.
     */
    private List<Row> rows(Codes codes) {
        CodeList list = codes.list();
        Map<String, Long> counts = usage.counts(list);
        Texts chinese = texts.in(Locale.SIMPLIFIED_CHINESE);
        Texts english = texts.in(Locale.ENGLISH);
        List<Row> rows = new ArrayList<>();
        for (Code code : codes.codes()) {
            rows.add(new Row(
                    code.code(),
                    code.code(),
                    list.isChangeable() ? code.chinese() : chinese.label(list.kind(), code.code()),
                    list.isChangeable() ? code.english() : english.label(list.kind(), code.code()),
                    Integer.toString(rows.size() + 1),
                    code.offered(),
                    code.tiers().isEmpty() ? EnumSet.allOf(Tier.class) : code.tiers(),
                    counts.getOrDefault(code.code(), 0L)));
        }
        if (list.may(Change.ADD)) {
            String last = Integer.toString(rows.size() + 1);
            rows.add(new Row(FRESH, "", "", "", last, true, EnumSet.allOf(Tier.class), 0));
        }
        return rows;
    }

    /** The rows as they came back; what the page does not offer for change is as it was. */
    private List<Row> entered(Codes codes, MultiValueMap<String, String> entered) {
        CodeList list = codes.list();
        return rows(codes).stream()
                .map(row -> new Row(
                        row.name(),
                        row.isFresh() ? entered(entered, "code", row, "") : row.code(),
                        entered(entered, "chinese", row, row.chinese()),
                        entered(entered, "english", row, row.english()),
                        list.may(Change.ORDER) ? entered(entered, "position", row, row.position()) : row.position(),
                        !list.may(Change.WITHDRAW) || row.isFresh() || entered.containsKey("offered-" + row.name()),
                        list.may(Change.TIERS) ? tiers(entered, row) : row.tiers(),
                        row.items()))
                .toList();
    }

    private static String entered(MultiValueMap<String, String> entered, String input, Row row, String otherwise) {
        String value = entered.getFirst(input + "-" + row.name());
        return value == null ? otherwise : value.strip();
    }

    private static Set<Tier> tiers(MultiValueMap<String, String> entered, Row row) {
        List<String> chosen = entered.getOrDefault("tiers-" + row.name(), List.of());
        Set<Tier> tiers = EnumSet.noneOf(Tier.class);
        Arrays.stream(Tier.values())
                .filter(tier -> chosen.contains(tier.name()))
                .forEach(tiers::add);
        return tiers;
    }

    /** Whoever gives some rows another number wants them there; the others keep their order around them. */
    private static List<Row> ordered(List<Row> rows) {
        List<Row> ordered = new ArrayList<>();
        List<Row> moved = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean stays = position(rows.get(i), i + 1) == i + 1;
            (stays ? ordered : moved).add(rows.get(i));
        }
        moved.stream()
                .sorted(comparing(row -> position(row, rows.size())))
                .forEach(
                        row -> ordered.add(Math.max(0, Math.min(position(row, rows.size()) - 1, ordered.size())), row));
        return numbered(ordered);
    }

    private static List<Row> numbered(List<Row> rows) {
        List<Row> numbered = new ArrayList<>();
        rows.forEach(row -> numbered.add(row.at(numbered.size() + 1)));
        return numbered;
    }

    /** The position entered for the row; {@code otherwise} where it is not a number. */
    private static int position(Row row, int otherwise) {
        try {
            return Integer.parseInt(row.position());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** A code for no tier would be one for every tier. */
    private static void requireTiers(List<Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).tiers().isEmpty()) {
                throw RefusedException.invalid("tiers-" + i, "rules.codes.problem.tiers-none");
            }
        }
    }

    private static CodeList known(String key) {
        return CodeList.of(key).orElseThrow(() -> RefusedException.notFound("rules.codes.unknown", key));
    }
}
