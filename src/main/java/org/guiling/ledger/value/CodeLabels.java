package org.guiling.ledger.value;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.guiling.customization.Code;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.springframework.util.StringUtils;

/**
 * Finds the code behind a label, in either language, by the lists of codes of one moment. What a code was called before
 * is understood where nothing is called so now, so that old files are still read.
 */
public final class CodeLabels {

    private final Map<RegistrationField, Map<String, String>> current = new EnumMap<>(RegistrationField.class);
    private final Map<RegistrationField, Map<String, String>> earlier = new EnumMap<>(RegistrationField.class);

    public CodeLabels(CodeLists codeLists) {
        for (RegistrationField field : RegistrationField.values()) {
            if (field.kind() == RegistrationField.Kind.CODE) {
                CodeList list =
                        CodeList.ofKind(StringUtils.capitalize(field.key())).orElseThrow();
                current.put(field, words(codeLists.known(list)));
                earlier.put(field, words(codeLists.earlier(list)));
            }
        }
    }

    /** The code whose own name or label the word is; empty when it is neither, or fits two codes. */
    public Optional<String> code(RegistrationField field, String word) {
        String normal = Normal.of(word);
        Map<String, String> now = current.get(field);
        return Optional.ofNullable(
                        now.containsKey(normal)
                                ? now.get(normal)
                                : earlier.get(field).get(normal))
                .filter(code -> !code.isEmpty());
    }

    /** A word that fits two codes has an empty one. */
    private static Map<String, String> words(List<Code> codes) {
        Map<String, String> words = new HashMap<>();
        for (Function<Code, String> word : List.<Function<Code, String>>of(Code::code, Code::chinese, Code::english)) {
            codes.forEach(code -> words.merge(
                    Normal.of(word.apply(code)), code.code(), (one, other) -> one.equals(other) ? one : ""));
        }
        return words;
    }
}
