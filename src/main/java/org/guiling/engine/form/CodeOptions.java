package org.guiling.engine.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.guiling.customization.Code;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.step.FastLane;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/**
 * The options of forms that are codes of a list (代码表), by the {@code valuesKey} with which a form asks for them. They come
 * from the list as the office has it, with labels in the language of the request.
 */
@Component
public class CodeOptions {

    private static final Map<String, Choice> CHOICES = Map.ofEntries(
            Map.entry("categories", Choice.offered(CodeList.CATEGORY)),
            Map.entry("knownCategories", Choice.known(CodeList.CATEGORY)),
            Map.entry("sourceTypes", Choice.offered(CodeList.SOURCE_TYPE)),
            Map.entry("levels", Choice.offered(CodeList.LEVEL)),
            Map.entry(
                    "fastLaneLevels",
                    Choice.offered(CodeList.LEVEL, code -> code.equals(Integer.toString(FastLane.LEVEL)))),
            Map.entry("urgencies", Choice.offered(CodeList.URGENCY)),
            Map.entry("visibilities", Choice.offered(CodeList.VISIBILITY)),
            Map.entry("rectificationTypes", Choice.offered(CodeList.RECTIFICATION_TYPE)),
            Map.entry("tracks", Choice.offered(CodeList.TRACK)),
            Map.entry("evidenceTypes", Choice.offered(CodeList.EVIDENCE_TYPE)),
            Map.entry("verificationMethods", Choice.offered(CodeList.VERIFICATION_METHOD)),
            Map.entry("visitMethods", Choice.offered(CodeList.VERIFICATION_METHOD, code -> VerificationMethod.valueOf(
                            code)
                    .isOnSite())));

    private final CodeLists codeLists;
    private final Forms forms;
    private final Texts texts;

    CodeOptions(CodeLists codeLists, Forms forms, Texts texts) {
        this.codeLists = codeLists;
        this.forms = forms;
        this.texts = texts;
    }

    /**
     * The options that a form offers of a list.
     *
     * @param all whether codes are among them that are no longer offered: the form looks for what is in the record
     * @param eligible what the form is about
     */
    private record Choice(CodeList list, boolean all, Predicate<String> eligible) {

        static Choice offered(CodeList list) {
            return offered(list, code -> true);
        }

        static Choice offered(CodeList list, Predicate<String> eligible) {
            return new Choice(list, false, eligible);
        }

        static Choice known(CodeList list) {
            return new Choice(list, true, code -> true);
        }

        boolean offers(Code code, Map<CodeList, String> kept) {
            return all || code.offered() || code.code().equals(kept.get(list));
        }
    }

    /** The names of the options that it knows. */
    public static Set<String> keys() {
        return CHOICES.keySet();
    }

    /**
     * The options that a form asks for; and, under the name that {@link Forms#withdrawn} gives, those that it cannot be
     * answered with any more, so that the refusal can name them.
     *
     * @param kept what was chosen before and may stay, though it is no longer offered
     */
    Map<String, Object> of(String formId, Map<CodeList, String> kept) {
        Map<String, Object> options = new HashMap<>();
        for (String key : forms.get(formId).optionKeys()) {
            Choice choice = CHOICES.get(key);
            if (choice != null) {
                List<Code> eligible = codeLists.known(choice.list()).stream()
                        .filter(code -> choice.eligible().test(code.code()))
                        .toList();
                options.put(key, options(choice.list(), eligible, code -> choice.offers(code, kept)));
                List<Map<String, String>> withdrawn =
                        options(choice.list(), eligible, code -> !choice.offers(code, kept));
                if (!withdrawn.isEmpty()) {
                    options.put(Forms.withdrawn(key), withdrawn);
                }
            }
        }
        return options;
    }

    private List<Map<String, String>> options(CodeList list, List<Code> codes, Predicate<Code> chosen) {
        return codes.stream()
                .filter(chosen)
                .map(code -> Map.of("value", code.code(), "label", texts.label(list.kind(), code.code())))
                .toList();
    }
}
