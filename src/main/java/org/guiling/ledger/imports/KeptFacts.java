package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.guiling.item.Registration;

/** The facts that one file brings, in its order, unless they are too long to be kept until they are registered. */
final class KeptFacts {

    /** 32 MB; no list that people write has as many letters. */
    static final int LETTERS = 16_000_000;

    private final List<Registration> facts = new ArrayList<>();
    private int lettersLeft = LETTERS;

    void add(Registration each) {
        lettersLeft = Math.max(0, lettersLeft - letters(each));
        if (lettersLeft > 0) {
            facts.add(each);
        } else {
            facts.clear();
        }
    }

    /** All that were added; empty where these are too many letters. */
    Optional<List<Registration>> all() {
        return lettersLeft > 0 ? Optional.of(facts) : Optional.empty();
    }

    private static int letters(Registration facts) {
        return facts.title().length()
                + facts.factText().length()
                + Objects.toString(facts.location(), "").length()
                + Objects.toString(facts.subject(), "").length();
    }
}
