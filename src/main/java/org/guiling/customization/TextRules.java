package org.guiling.customization;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.refusal.Problem;

/**
 * Rules for the texts that an office may write in place of shipped ones. People write plain words with the shipped
 * text's {@code {0}}, {@code {1}}; of the notation of {@link java.text.MessageFormat} they have to know nothing else,
 * an apostrophe is one.
 */
final class TextRules {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)}");
    private static final Pattern BRACE = Pattern.compile("[{}]");
    /** Letters that nobody sees; a line break is asked about by itself. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n]]");
    /** Markdown as the robots of WeCom and DingTalk take it, and addresses: the only links are those that we make. */
    private static final Pattern MARKUP = Pattern.compile("[<>*`]|]\\(|://|(?i)www\\.");

    private TextRules() {}

    /** True where words and arguments are all there is in a pattern: no choice, no number's format, nothing quoted. */
    static boolean isPlain(String pattern) {
        return !pattern.replace("''", "").contains("'") && !hasStrayBrace(pattern);
    }

    /** A plain pattern as people write it. */
    static String words(String pattern) {
        return pattern.replace("''", "'");
    }

    /** The pattern of what people wrote. */
    static String pattern(String words) {
        return words.replace("'", "''");
    }

    /** Cleans the input of a page: removes blanks around it and makes line breaks the same as everywhere else. */
    static String cleaned(String entered) {
        return entered == null
                ? ""
                : entered.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    /**
     * The faults of a text; empty when it can be used.
     *
     * @param field the field that it was entered in
     * @param words cleaned
     * @param shipped the words that it stands for
     * @param lines whether it may have several
     */
    static List<Problem> faults(String field, String words, String shipped, TextSection section, boolean lines) {
        if (words.isEmpty()) {
            return List.of(Problem.of(field, "rules.text.blank"));
        }
        List<Problem> faults = new ArrayList<>();
        int length = words.codePointCount(0, words.length());
        if (length > section.longest()) {
            faults.add(Problem.of(field, "rules.text.long", section.longest(), length));
        }
        if (INVISIBLE.matcher(words).find()) {
            faults.add(Problem.of(field, "rules.text.invisible"));
        }
        if (!lines && words.contains("\n")) {
            faults.add(Problem.of(field, "rules.text.lines"));
        }
        if (hasStrayBrace(words)) {
            faults.add(Problem.of(field, "rules.text.braces"));
        }
        if (section.group() == TextSection.Group.NOTICES
                && MARKUP.matcher(words).find()) {
            faults.add(Problem.of(field, "rules.text.markup"));
        }
        faults.addAll(argumentFaults(field, arguments(words), arguments(shipped)));
        return faults;
    }

    private static List<Problem> argumentFaults(String field, Set<String> used, Set<String> shipped) {
        List<Problem> faults = new ArrayList<>();
        Set<String> missing = without(shipped, used);
        if (!missing.isEmpty()) {
            faults.add(Problem.of(field, "rules.text.missing", joined(missing)));
        }
        Set<String> unknown = without(used, shipped);
        if (!unknown.isEmpty()) {
            faults.add(Problem.of(field, "rules.text.unknown", joined(unknown)));
        }
        return faults;
    }

    /** The arguments of words or of a plain pattern, as they are written. */
    static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static String joined(Set<String> arguments) {
        return String.join(" ", arguments);
    }

    private static boolean hasStrayBrace(String text) {
        return BRACE.matcher(ARGUMENT.matcher(text).replaceAll("")).find();
    }
}
