package org.guiling.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.autoconfigure.context.MessageSourceProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The texts of the bundles as they are shipped, whatever an office has put in their place. */
@Component
public class ShippedTexts {

    private static final String CHINESE = "";
    private static final String ENGLISH = "_en";

    private final Map<String, String> chinese = new LinkedHashMap<>();
    private final Map<String, String> english = new LinkedHashMap<>();

    public ShippedTexts(MessageSourceProperties properties) {
        for (String name : properties.getBasename()) {
            String file = name.replace('.', '/');
            read(file + CHINESE, properties.getEncoding(), chinese);
            read(file + ENGLISH, properties.getEncoding(), english);
        }
    }

    /** In the order of the Chinese bundles, which puts together what belongs together. */
    public List<String> keys() {
        return List.copyOf(chinese.keySet());
    }

    /** The pattern in the notation of {@link java.text.MessageFormat}; empty where there is no such text. */
    public Optional<String> pattern(String key, Locale language) {
        Map<String, String> patterns = isEnglish(language) ? english : chinese;
        return Optional.ofNullable(patterns.get(key));
    }

    /** Every other language reads Chinese. */
    public static boolean isEnglish(Locale language) {
        return language.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    /** Properties themselves forget the order. */
    private static void read(String file, Charset encoding, Map<String, String> patterns) {
        Properties ordered = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                return patterns.put((String) key, (String) value);
            }
        };
        try (Reader reader =
                new InputStreamReader(new ClassPathResource(file + ".properties").getInputStream(), encoding)) {
            ordered.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
