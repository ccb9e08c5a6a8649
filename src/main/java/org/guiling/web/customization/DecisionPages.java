package org.guiling.web.customization;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.guiling.customization.OfficeFile;
import org.guiling.engine.decision.RuleSheet;
import org.guiling.engine.decision.RuleTables;
import org.guiling.engine.decision.RuleTables.TableInForce;
import org.guiling.engine.decision.RuleWords;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Problems;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The decision tables (时限、督办阶梯、审批权限、抽查比例) for administrators: read them, change cells or upload a file, see what
 * becomes different, put it in force.
 */
@Controller
@RequestMapping(DecisionPages.PATH)
public class DecisionPages {

    public static final String PATH = "/administration/rules/decisions";

    private final RuleTables tables;
    private final OfficeFileForms forms;
    private final Problems problems;
    private final RuleWords words;

    DecisionPages(RuleTables tables, OfficeFileForms forms, Problems problems, RuleWords words) {
        this.tables = tables;
        this.forms = forms;
        this.problems = problems;
        this.words = words;
    }

    @GetMapping
    String tables(Model model) {
        model.addAttribute("tables", tables.all());
        return "rules-decisions";
    }

    @GetMapping("/{key}")
    String table(@PathVariable String key, Model model) {
        OfficeFile<TableInForce> current = tables.current(key);
        add(current, model);
        model.addAttribute("faults", problems.texts(current.content().faults()));
        return "rules-decision";
    }

    @GetMapping("/{key}/file")
    ResponseEntity<byte[]> file(@PathVariable String key, @RequestParam(required = false) Integer version) {
        return forms.file(tables, key, version);
    }

    @GetMapping("/{key}/edit")
    String edit(@PathVariable String key, Model model) {
        OfficeFile<TableInForce> current = tables.current(key);
        if (current.content().sheet() == null) {
            return redirect(key, "");
        }
        add(current, model);
        model.addAttribute("entered", Map.of());
        return "rules-decision-edit";
    }

    /** Shows the page again with the entered values when they are refused. */
    @PostMapping("/{key}/edit")
    String edit(
            @PathVariable String key,
            @RequestParam Map<String, String> entered,
            HttpSession session,
            HttpServletResponse response,
            Model model) {
        OfficeFile<TableInForce> current = tables.current(key);
        try {
            if (current.content().sheet() == null
                    || !Integer.toString(current.expectedVersion()).equals(entered.get("expectedVersion"))) {
                throw RefusedException.conflict("rules.race");
            }
            forms.check(tables, key, edited(current.content(), entered), session);
            return redirect(key, "/check");
        } catch (RefusedException refused) {
            response.setStatus(Problems.statusOf(refused).value());
            model.addAttribute("refused", problems.text(refused));
            add(current, model);
            model.addAttribute("entered", entered);
            return "rules-decision-edit";
        }
    }

    @PostMapping("/{key}/check")
    String check(
            @PathVariable String key, @RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        return redirect(key, forms.check(tables, key, file, session, next) ? "/check" : "");
    }

    /** Checks the shipped table as if somebody had uploaded it. */
    @PostMapping("/{key}/restore")
    String restore(@PathVariable String key, HttpSession session, RedirectAttributes next) {
        boolean checked = forms.attempt(
                next, () -> forms.check(tables, key, tables.known(key).shipped(), session));
        return redirect(key, checked ? "/check" : "");
    }

    @GetMapping("/{key}/check")
    String checked(@PathVariable String key, HttpSession session, Model model) {
        model.addAttribute("name", words.name(tables.known(key)));
        return forms.show(tables, key, session, model) ? "rules-decision-check" : redirect(key, "");
    }

    @PostMapping("/{key}/deploy")
    String deploy(@PathVariable String key, @RequestParam String token, HttpSession session, RedirectAttributes next) {
        forms.replace(tables, key, token, session, next);
        return redirect(key, "");
    }

    /** The file in force with what was entered; what was not offered for editing stays as it is. */
    private byte[] edited(TableInForce current, Map<String, String> entered) {
        List<RuleSheet.Column> outputs = current.sheet().columns().stream()
                .filter(RuleSheet.Column::output)
                .toList();
        List<String> descriptions = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (int row = 0; row < current.sheet().rows().size(); row++) {
            String prefix = "r" + row;
            descriptions.add(entered.get(prefix));
            cells.add(IntStream.range(0, outputs.size())
                    .mapToObj(output -> {
                        String value = entered.get(prefix + "-" + output);
                        return value == null
                                ? null
                                : outputs.get(output).column().cell(value);
                    })
                    .toList());
        }
        return tables.edited(current.table(), descriptions, cells);
    }

    private void add(OfficeFile<TableInForce> current, Model model) {
        model.addAttribute("current", current);
        model.addAttribute("name", words.name(current.content().table()));
    }

    private String redirect(String key, String page) {
        return "redirect:" + PATH + "/" + tables.known(key).key() + page;
    }
}
