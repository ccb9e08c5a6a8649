package org.guiling.web;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import java.beans.PropertyEditorSupport;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Binds parameters and forms: only what a form declares, and only days that a calendar of ours may hold. */
@ControllerAdvice
@Configuration(proxyBeanMethods = false)
class InputBinding {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    /** A form's components are read by its constructor; {@code name[100000]} and {@code name.other} are no inputs. */
    @InitBinder
    void declaredOnly(WebDataBinder binder) {
        binder.setDeclarativeBinding(true);
        binder.registerCustomEditor(LocalDate.class, new DayEditor());
    }

    /** @throws IllegalArgumentException when there is no such day, or none of those that anybody means */
    static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (!isPlausible(day)) {
                throw new IllegalArgumentException("A day out of range");
            }
            return day;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("No day", e);
        }
    }

    /** The same for days in documents. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer plausibleDays() {
        return mapper -> mapper.deserializerByType(LocalDate.class, new LocalDateDeserializer(ISO_LOCAL_DATE) {
            @Override
            public LocalDate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                LocalDate day = super.deserialize(parser, context);
                return day == null || isPlausible(day)
                        ? day
                        : (LocalDate) context.handleWeirdStringValue(LocalDate.class, parser.getText(), "out of range");
            }
        });
    }

    private static boolean isPlausible(LocalDate day) {
        return !day.isBefore(EARLIEST) && !day.isAfter(LATEST);
    }

    private static final class DayEditor extends PropertyEditorSupport {

        @Override
        public void setAsText(String text) {
            setValue(text.isBlank() ? null : day(text));
        }

        @Override
        public String getAsText() {
            return getValue() == null ? "" : getValue().toString();
        }
    }
}
