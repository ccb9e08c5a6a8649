package org.guiling.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.context.MessageSourceProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Every text comes from the bundles, unless an office has its own. */
@Configuration(proxyBeanMethods = false)
class TextConfiguration {

    @Bean
    @ConfigurationProperties("spring.messages")
    MessageSourceProperties messageSourceProperties() {
        return new MessageSourceProperties();
    }

    /** Formatted always, with arguments or without: a single quotation mark means the same in every text. */
    @Bean
    MessageSource messageSource(MessageSourceProperties properties, ObjectProvider<ChangedTexts> changedTexts) {
        OfficeMessageSource messages = new OfficeMessageSource(changedTexts);
        messages.setBasenames(properties.getBasename().toArray(String[]::new));
        messages.setDefaultEncoding(properties.getEncoding().name());
        messages.setFallbackToSystemLocale(properties.isFallbackToSystemLocale());
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    private static final class OfficeMessageSource extends ResourceBundleMessageSource
            implements SmartInitializingSingleton {

        /** More than any office changes; what it changed since goes by itself. */
        private static final int FORMATS_KEPT = 2_000;

        private final ObjectProvider<ChangedTexts> provider;
        private final Cache<Pattern, MessageFormat> formats =
                Caffeine.newBuilder().maximumSize(FORMATS_KEPT).build();
        private volatile List<ChangedTexts> changedTexts = List.of();

        OfficeMessageSource(ObjectProvider<ChangedTexts> provider) {
            this.provider = provider;
        }

        /** Not sooner: whoever keeps the texts of an office is itself built from beans that have texts. */
        @Override
        public void afterSingletonsInstantiated() {
            changedTexts = provider.orderedStream().toList();
        }

        @Override
        protected MessageFormat resolveCode(String code, Locale locale) {
            return changedTexts.stream()
                    .flatMap(texts -> texts.pattern(code, locale).stream())
                    .findFirst()
                    .map(pattern -> format(pattern, locale))
                    .orElseGet(() -> super.resolveCode(code, locale));
        }

        /** A format may not be used by two at a time, which Spring sees to; parsing one for each text would be slow. */
        private MessageFormat format(String pattern, Locale locale) {
            return formats.get(new Pattern(pattern, locale), text -> new MessageFormat(pattern, locale));
        }

        private record Pattern(String text, Locale locale) {}
    }
}
