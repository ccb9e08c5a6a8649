package org.guiling.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.guiling.item.ItemStatus;
import org.guiling.item.RectificationType;
import org.guiling.item.Step;
import org.guiling.ledger.CodeList;
import org.guiling.ledger.CodeUsage;
import org.guiling.process.FiveStepZeroing;
import org.guiling.text.Texts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The lists of codes (代码表) for administrators: labels in both languages, in the forms' order, and how many items use each. */
@Controller
@RequestMapping(CodePages.PATH)
class CodePages {

    static final String PATH = "/administration/rules/codes";

    private final CodeUsage usage;
    private final FormFiles formFiles;
    private final Texts texts;

    CodePages(CodeUsage usage, FormFiles formFiles, Texts texts) {
        this.usage = usage;
        this.formFiles = formFiles;
        this.texts = texts;
    }

    record Code(String code, String chinese, String english, long items) {}

    record Codes(CodeList list, List<Code> codes) {}

    @GetMapping
    String codes(Model model) {
        Map<CodeList, Map<String, Long>> counts = usage.counts();
        Map<String, List<String>> options = formFiles.options(FiveStepZeroing.START_FORM);
        Texts chinese = texts.in(Locale.SIMPLIFIED_CHINESE);
        Texts english = texts.in(Locale.ENGLISH);
        List<Codes> lists = new ArrayList<>();
        for (CodeList list : CodeList.values()) {
            Map<String, Long> used = counts.get(list);
            Set<String> codes = new LinkedHashSet<>(known(list, options));
            codes.addAll(new TreeSet<>(used.keySet()));
            lists.add(new Codes(
                    list,
                    codes.stream()
                            .map(code -> new Code(
                                    code,
                                    chinese.label(list.kind(), code),
                                    english.label(list.kind(), code),
                                    used.getOrDefault(code, 0L)))
                            .toList()));
        }
        model.addAttribute("lists", lists);
        return "rules-codes";
    }

    /** In the order in which forms offer them, or the procedure goes through them. */
    private static List<String> known(CodeList list, Map<String, List<String>> options) {
        return switch (list) {
            case CATEGORY -> options.get("category");
            case SOURCE_TYPE -> options.get("sourceType");
            case LEVEL -> options.get("level");
            case URGENCY -> options.get("urgency");
            case SYSTEMIC -> options.get("systemic");
            case VISIBILITY -> options.get("visibility");
            case RECTIFICATION_TYPE -> names(RectificationType.values());
            case STATUS -> names(ItemStatus.values());
            case STEP -> names(Step.values());
        };
    }

    private static List<String> names(Enum<?>[] codes) {
        return Stream.of(codes).map(Enum::name).toList();
    }
}
