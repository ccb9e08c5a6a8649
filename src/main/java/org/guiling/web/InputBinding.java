package org.guiling.web;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.beans.PropertyEditorSupport;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.guiling.refusal.RefusedException;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Binds parameters and forms: only what a form declares, and only days that a calendar of ours may hold. */
@ControllerAdvice
@Configuration(proxyBeanMethods = false)
class InputBinding implements WebMvcConfigurer, HandlerInterceptor {

    private static final Pattern INDEXED = Pattern.compile(".*\\[\\d*].*", Pattern.DOTALL);

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** Spring takes {@code itemNo[0]} for an element of a list, and stumbles over {@code itemNo[300]}; no form of ours has either. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod
                && !StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/")) {
            for (String name : request.getParameterMap().keySet()) {
                if (INDEXED.matcher(name).matches()) {
                    throw RefusedException.invalid(name, "problem.value", name);
                }
            }
        }
        return true;
    }

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
