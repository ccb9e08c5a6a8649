package org.guiling.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds the code behind a label, in every language of the message bundles. */
@Component
class CodeLabels {

    private static final List<Locale> LANGUAGES = List.of(Locale.ROOT, Locale.ENGLISH);

    private final Map<String, String> codes = new HashMap<>();

    CodeLabels() {
        Set<String> ambiguous = new HashSet<>();
        for (RegistrationField field : RegistrationField.values()) {
            if (field.kind() == RegistrationField.Kind.CODE) {
                LANGUAGES.forEach(language -> collect(field, language, ambiguous));
            }
        }
        codes.keySet().removeAll(ambiguous);
    }

    /** The code whose own name or label the word is; empty when it is neither, or fits two codes. */
    Optional<String> code(RegistrationField field, String word) {
        return Optional.ofNullable(codes.get(key(field, word)));
    }

    private void collect(RegistrationField field, Locale language, Set<String> ambiguous) {
        String kind = Character.toUpperCase(field.key().charAt(0)) + field.key().substring(1) + ".";
        ResourceBundle bundle = ResourceBundle.getBundle(
                "messages",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        for (String name : bundle.keySet()) {
            if (name.startsWith(kind)) {
                String code = name.substring(kind.length());
                add(key(field, code), code, ambiguous);
                add(key(field, bundle.getString(name)), code, ambiguous);
            }
        }
    }

    private void add(String key, String code, Set<String> ambiguous) {
        String other = codes.put(key, code);
        if (other != null && !other.equals(code)) {
            ambiguous.add(key);
        }
    }

    private static String key(RegistrationField field, String word) {
        return field.key() + ":" + Normal.of(word);
    }
}
