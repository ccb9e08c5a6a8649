package org.guiling.text;

import java.util.Locale;
import java.util.Optional;

/** Texts that an office put in the place of those in the bundles. Asked for each text that is shown: answer from memory. */
public interface ChangedTexts {

    /**
     * The office's own pattern of a text, in the notation of {@link java.text.MessageFormat}; empty where the bundle's
     * counts.
     */
    Optional<String> pattern(String key, Locale language);
}
