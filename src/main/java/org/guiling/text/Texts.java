package org.guiling.text;

import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Finds texts in the language of the request, and in Chinese where there is none. */
@Component
public class Texts {

    private final MessageSource messages;
    private final Locale language;

    @Autowired
    Texts(MessageSource messages) {
        this(messages, null);
    }

    private Texts(MessageSource messages, Locale language) {
        this.messages = messages;
        this.language = language;
    }

    /** The same texts in one language, whatever the request's: for what is written to others than whoever asks. */
    public Texts in(Locale oneLanguage) {
        return new Texts(messages, oneLanguage);
    }

    /** The text of a key; the key itself where the bundles lack it, so that a gap is seen and not hidden. */
    public String get(String key, Object... arguments) {
        return messages.getMessage(key, arguments, key, locale());
    }

    /** The same with arguments as the record holds them: codes become their labels, numbers stand without grouping. */
    public String get(String key, List<Object> arguments) {
        return get(
                key,
                arguments.stream()
                        .map(argument -> argument instanceof Enum<?> code ? label(code) : argument.toString())
                        .toArray());
    }

    /** The label of a code, {@code Urgency.CRITICAL}; empty for null. */
    public String label(Enum<?> code) {
        return code == null ? "" : label(code.getDeclaringClass().getSimpleName(), code.name());
    }

    /** The label of a code that is not an enum, such as a category or a level. */
    public String label(String kind, Object code) {
        return code == null ? "" : get(kind + "." + code);
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
