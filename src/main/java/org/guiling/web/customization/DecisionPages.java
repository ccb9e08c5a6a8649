package org.guiling.web.customization;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.engine.decision.RuleSheet;
import org.guiling.engine.decision.RuleTable;
import org.guiling.engine.decision.RuleTables;
import org.guiling.engine.decision.RuleTables.Current;
import org.guiling.engine.decision.RuleTables.Difference;
import org.guiling.engine.decision.RuleWords;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.CheckedFiles;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Makers;
import org.guiling.web.support.Problems;
import org.springframework.http.MediaType;
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

    private static final String PAGE = "rules.decision";

    private final RuleTables tables;
    private final CheckedFiles checkedFiles;
    private final Makers makers;
    private final Problems problems;
    private final RuleWords words;

    DecisionPages(RuleTables tables, CheckedFiles checkedFiles, Makers makers, Problems problems, RuleWords words) {
        this.tables = tables;
        this.checkedFiles = checkedFiles;
        this.makers = makers;
        this.problems = problems;
        this.words = words;
    }

    @GetMapping
    String tables(Model model) {
        model.addAttribute(
                "tables", Stream.of(RuleTable.values()).map(tables::current).toList());
        model.addAttribute("makers", makers);
        return "rules-decisions";
    }

    @GetMapping("/{key}")
    String table(@PathVariable String key, Model model) {
        Current current = tables.current(known(key));
        add(current, model);
        model.addAttribute("faults", problems.texts(current.faults()));
        model.addAttribute("makers", makers);
        return "rules-decision";
    }

    @GetMapping("/{key}/file")
    ResponseEntity<byte[]> file(@PathVariable String key, @RequestParam(required = false) Integer version) {
        RuleTable table = known(key);
        return version == null
                ? Downloads.of(MediaType.APPLICATION_XML, key + ".dmn", tables.file(table))
                : Downloads.of(MediaType.APPLICATION_XML, key + "-" + version + ".dmn", tables.file(table, version));
    }

    @GetMapping("/{key}/edit")
    String edit(@PathVariable String key, Model model) {
        Current current = tables.current(known(key));
        if (current.sheet() == null) {
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
        Current current = tables.current(known(key));
        try {
            if (current.sheet() == null
                    || !Integer.toString(current.expectedVersion()).equals(entered.get("expectedVersion"))) {
                throw RefusedException.conflict("rules.race");
            }
            check(current.table(), edited(current, entered), session);
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
        return checked(key, () -> checkedFiles.content(file), session, next);
    }

    /** Checks the shipped table as if somebody had uploaded it. */
    @PostMapping("/{key}/restore")
    String restore(@PathVariable String key, HttpSession session, RedirectAttributes next) {
        return checked(key, () -> known(key).shipped(), session, next);
    }

    @GetMapping("/{key}/check")
    String checked(@PathVariable String key, HttpSession session, Model model) {
        return checkedFiles
                .<Difference>find(session, PAGE, known(key).key())
                .map(checked -> {
                    model.addAttribute("token", checked.token());
                    model.addAttribute("difference", checked.result());
                    model.addAttribute("name", words.name(checked.result().table()));
                    return "rules-decision-check";
                })
                .orElse(redirect(key, ""));
    }

    @PostMapping("/{key}/deploy")
    String deploy(@PathVariable String key, @RequestParam String token, HttpSession session, RedirectAttributes next) {
        RuleTable table = known(key);
        try {
            int expectedVersion = checkedFiles
                    .<Difference>find(session, PAGE, key)
                    .orElseThrow(HeldUploads::over)
                    .result()
                    .expectedVersion();
            tables.deploy(table, checkedFiles.take(session, PAGE, key, token), expectedVersion);
            next.addFlashAttribute("done", true);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        }
        return redirect(key, "");
    }

    private String checked(String key, Supplier<byte[]> content, HttpSession session, RedirectAttributes next) {
        try {
            check(known(key), content.get(), session);
            return redirect(key, "/check");
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return redirect(key, "");
        }
    }

    private void check(RuleTable table, byte[] content, HttpSession session) {
        checkedFiles.drop(session, PAGE);
        checkedFiles.keep(session, PAGE, table.key(), content, tables.check(table, content));
    }

    /** The file in force with what was entered; what was not offered for editing stays as it is. */
    private byte[] edited(Current current, Map<String, String> entered) {
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

    private void add(Current current, Model model) {
        model.addAttribute("current", current);
        model.addAttribute("name", words.name(current.table()));
    }

    private static RuleTable known(String key) {
        return RuleTable.of(key).orElseThrow(() -> RefusedException.notFound("rules.unknown", key));
    }

    private static String redirect(String key, String page) {
        return "redirect:" + PATH + "/" + known(key).key() + page;
    }
}
