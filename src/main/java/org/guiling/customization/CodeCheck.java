package org.guiling.customization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.customization.CodeList.Change;
import org.guiling.organization.Tier;
import org.guiling.refusal.Problem;

/** Checks a list of codes as an office entered it. Fields are named after the place in the list: chinese-2. */
final class CodeCheck {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,29}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_CHINESE = 20;
    private static final int LONGEST_ENGLISH = 60;

    private final CodeList list;
    private final List<Code> before;
    private final List<Code> entered;
    private final List<Problem> problems = new ArrayList<>();

    private CodeCheck(CodeList list, List<Code> before, List<Code> entered) {
        this.list = list;
        this.before = before;
        this.entered = entered;
    }

    /** @param before the list as it is in force */
    static List<Problem> problems(CodeList list, List<Code> before, List<Code> entered) {
        CodeCheck check = new CodeCheck(list, before, entered);
        check.codes();
        check.labels();
        check.offers();
        return check.problems;
    }

    private void codes() {
        Set<String> known = before.stream().map(Code::code).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entered.size(); i++) {
            String code = entered.get(i).code();
            if (!seen.add(code)) {
                refuse("code-" + i, "rules.codes.problem.code-twice", code);
            } else if (!known.contains(code) && !list.may(Change.ADD)) {
                refuse("code-" + i, "rules.codes.problem.closed", code);
            } else if (!known.contains(code) && !CODE.matcher(code).matches()) {
                refuse("code-" + i, "rules.codes.problem.code", code);
            }
        }
        before.stream()
                .filter(code -> !seen.contains(code.code()))
                .forEach(code -> refuse(null, "rules.codes.problem.removed", code.chinese(), code.code()));
        if (!list.may(Change.ORDER) && problems.isEmpty() && !codes(before).equals(codes(entered))) {
            refuse(null, "rules.codes.problem.order");
        }
    }

    private static List<String> codes(List<Code> codes) {
        return codes.stream().map(Code::code).toList();
    }

    private void labels() {
        labels("chinese-", Code::chinese, LONGEST_CHINESE);
        labels("english-", Code::english, LONGEST_ENGLISH);
    }

    /** Of two that are called alike, the one is wrong that was not called so before. */
    private void labels(String field, Function<Code, String> label, int longest) {
        Set<String> kept = before.stream()
                .map(code -> code.code() + " " + label.apply(code))
                .collect(Collectors.toSet());
        Set<String> others = new HashSet<>();
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < entered.size(); i++) {
            if (kept.contains(entered.get(i).code() + " " + label.apply(entered.get(i)))) {
                others.add(label.apply(entered.get(i)).toLowerCase(Locale.ROOT));
            } else {
                changed.add(i);
            }
        }
        changed.forEach(i -> label(field + i, label.apply(entered.get(i)), longest, others));
    }

    private void label(String field, String label, int longest, Set<String> others) {
        if (label.isBlank()) {
            refuse(field, "rules.codes.problem.blank");
        } else if (label.codePointCount(0, label.length()) > longest) {
            refuse(field, "rules.codes.problem.long", longest);
        } else if (CONTROL.matcher(label).find()) {
            refuse(field, "rules.codes.problem.control");
        } else if (!others.add(label.toLowerCase(Locale.ROOT))) {
            refuse(field, "rules.codes.problem.label-twice", label);
        }
    }

    private void offers() {
        List<Code> offered = entered.stream().filter(Code::offered).toList();
        for (int i = 0; i < entered.size(); i++) {
            if (!entered.get(i).offered() && !list.may(Change.WITHDRAW)) {
                refuse("offered-" + i, "rules.codes.problem.withdrawn");
            }
            if (!entered.get(i).tiers().isEmpty() && !list.may(Change.TIERS)) {
                refuse("tiers-" + i, "rules.codes.problem.tiers");
            }
        }
        if (offered.isEmpty()) {
            refuse(null, "rules.codes.problem.none-offered");
        } else {
            Stream.of(Tier.values())
                    .filter(tier -> offered.stream().noneMatch(code -> code.fits(tier)))
                    .forEach(tier -> refuse(null, "rules.codes.problem.tier-without", tier));
        }
    }

    private void refuse(String field, String code, Object... arguments) {
        problems.add(Problem.of(field, code, arguments));
    }
}
