package org.guiling.signon.password;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.guiling.organization.Person;
import org.guiling.refusal.Problem;
import org.guiling.signon.SignOnProperties;
import org.springframework.stereotype.Component;

/**
 * Rules for a chosen password, after NIST SP 800-63B: long enough, and none that others try first. No rules about kinds
 * of characters and no expiry: both make passwords worse.
 */
@Component
class PasswordPolicy {

    /** In characters of any script. */
    static final int LONGEST = 128;

    /** Number of characters that are measured: more make a password no easier to guess, and take long to measure. */
    private static final int MEASURED = 64;

    /** Less than 10^6 guesses by the frequency of passwords, words, names, dates, keyboard rows and repetitions. */
    private static final int GUESSED_AT_ONCE = 1;

    private static final Set<String> OURS = Set.of("guiling-demo", "guiling", "归零", "五步归零", "wubuguiling");

    private final Zxcvbn zxcvbn = new Zxcvbn();
    private final SignOnProperties properties;
    private final BreachedPasswords breached;

    PasswordPolicy(SignOnProperties properties, BreachedPasswords breached) {
        this.properties = properties;
        this.breached = breached;
    }

    /** The reason why the person may not have the password; empty when they may. */
    Optional<Problem> problem(Person person, String password) {
        int minimum = properties.password().minimumLength();
        if (password.codePointCount(0, password.length()) < minimum) {
            return problem("password.too-short", minimum);
        }
        if (password.codePointCount(0, password.length()) > LONGEST) {
            return problem("password.too-long", LONGEST);
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (lower.contains(person.id()) || lower.contains(person.name().toLowerCase(Locale.ROOT))) {
            return problem("password.has-account");
        }
        return isWellKnown(person, lower) || breached.include(password)
                ? problem("password.well-known")
                : Optional.empty();
    }

    private boolean isWellKnown(Person person, String lower) {
        return OURS.stream().anyMatch(word -> lower.replace(word, "").length() < lower.length() / 2)
                || zxcvbn.measure(
                                        lower.substring(0, Math.min(lower.length(), MEASURED)),
                                        List.of(person.id(), person.unitCode(), "guiling"))
                                .getScore()
                        <= GUESSED_AT_ONCE;
    }

    private static Optional<Problem> problem(String code, Object... arguments) {
        return Optional.of(Problem.of("newPassword", code, arguments));
    }
}
