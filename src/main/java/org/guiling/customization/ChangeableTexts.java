package org.guiling.customization;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.customization.MessageFiles.Changeable;
import org.guiling.customization.MessageFiles.Words;
import org.guiling.refusal.Problem;
import org.guiling.text.ShippedTexts;
import org.springframework.stereotype.Component;

/** The texts of {@link TextSection} with what is shipped, and what may stand in their place. */
@Component
class ChangeableTexts {

    private final Map<String, Changeable> texts = new LinkedHashMap<>();

    ChangeableTexts(ShippedTexts shipped) {
        shipped.keys().stream()
                .flatMap(key -> TextSection.of(key).flatMap(section -> changeable(key, section, shipped)).stream())
                .sorted(Comparator.comparing(Changeable::section))
                .forEach(text -> texts.put(text.key(), text));
    }

    /** In the order of the sections, then of the bundles. */
    Collection<Changeable> all() {
        return texts.values();
    }

    /** Empty where there is no such text, or it stays as it is shipped. */
    Optional<Changeable> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /** The faults of the words; fields {@code chinese} and {@code english}. */
    static List<Problem> faults(Changeable text, Words words) {
        List<Problem> faults = new ArrayList<>(
                TextRules.faults("chinese", words.chinese(), text.shipped().chinese(), text.section(), text.lines()));
        faults.addAll(
                TextRules.faults("english", words.english(), text.shipped().english(), text.section(), text.lines()));
        return faults;
    }

    /** Empty for a text that is more than words and arguments: whoever changes it has to know how such are written. */
    private static Optional<Changeable> changeable(String key, TextSection section, ShippedTexts shipped) {
        String chinese = shipped.pattern(key, Locale.SIMPLIFIED_CHINESE).orElseThrow();
        String english = shipped.pattern(key, Locale.ENGLISH).orElseThrow();
        if (!TextRules.isPlain(chinese) || !TextRules.isPlain(english)) {
            return Optional.empty();
        }
        Set<String> arguments = TextRules.arguments(chinese);
        arguments.addAll(TextRules.arguments(english));
        return Optional.of(new Changeable(
                key,
                section,
                new Words(TextRules.words(chinese), TextRules.words(english)),
                arguments,
                chinese.contains("\n") || english.contains("\n")));
    }
}
