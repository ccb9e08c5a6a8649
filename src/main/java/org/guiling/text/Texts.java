package org.guiling.text;

import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.NumberUtils;

/** Finds texts in the language of the request, and in Chinese where there is none. */
@Component
public class Texts {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final MessageSource messages;
    private final Clock clock;
    private final Locale language;

    @Autowired
    Texts(MessageSource messages, Clock clock) {
        this(messages, clock, null);
    }

    private Texts(MessageSource messages, Clock clock, Locale language) {
        this.messages = messages;
        this.clock = clock;
        this.language = language;
    }

    /** The same texts in one language, whatever the request's: for what is written to others than whoever asks. */
    public Texts in(Locale oneLanguage) {
        return new Texts(messages, clock, oneLanguage);
    }

    /** The text of a key; the key itself where the bundles lack it, so that a gap is seen and not hidden. */
    public String get(String key, Object... arguments) {
        return messages.getMessage(key, arguments, key, locale());
    }

    /**
     * The same with arguments as the record holds them: codes become their labels, numbers stand without grouping, and what a
     * text chooses by is a number, also where the record has kept its digits.
     */
    public String get(String key, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return get(key);
        }
        String pattern = messages.getMessage(key, null, key, locale());
        Object[] shown = new Object[arguments.size()];
        for (int i = 0; i < shown.length; i++) {
            Object argument = arguments.get(i);
            if (pattern.contains("{" + i + ",choice,")) {
                shown[i] = number(argument);
                pattern = pattern.replace("{" + i + "}", "{" + i + ",number,0}");
            } else {
                shown[i] = argument instanceof Enum<?> code ? label(code) : argument.toString();
            }
        }
        return new MessageFormat(pattern, locale()).format(shown);
    }

    private static Number number(Object argument) {
        return argument instanceof Number number ? number : NumberUtils.parseNumber(argument.toString(), Long.class);
    }

    /** The label of a code, {@code Urgency.CRITICAL}; empty for null. */
    public String label(Enum<?> code) {
        return code == null ? "" : label(code.getDeclaringClass().getSimpleName(), code.name());
    }

    /** The label of a code that is not an enum, such as a category or a level. */
    public String label(String kind, Object code) {
        return code == null ? "" : get(kind + "." + code);
    }

    /** A moment to the minute, {@code 2026-03-02 09:30}, in the product's zone. */
    public String minute(Instant instant) {
        return MINUTE.format(instant.atZone(clock.getZone()));
    }

    private Locale locale() {
        if (language != null) {
            return language;
        }
        LocaleContext context = LocaleContextHolder.getLocaleContext();
        Locale locale = context == null ? null : context.getLocale();
        return locale == null ? Locale.SIMPLIFIED_CHINESE : locale;
    }
}
