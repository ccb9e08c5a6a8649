package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriUtils;

/**
 * Refuses parameters in an address of {@code /api} that its method does not read: who misspells {@code leadUnit} would get the
 * items of all units and take them for those of one.
 */
@Configuration(proxyBeanMethods = false)
class DeclaredParameters implements WebMvcConfigurer, HandlerInterceptor {

    /** The language, on every address ({@link LanguageConfiguration}). */
    private static final String LANGUAGE = "lang";

    private static final String OURS = DeclaredParameters.class.getPackageName();

    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query == null
                || !(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().startsWith(OURS)
                || takesAll(method)) {
            return true;
        }
        Set<String> names = known.computeIfAbsent(method, DeclaredParameters::declared);
        List<Problem> unknown = names(query).stream()
                .filter(name -> !names.contains(name))
                .map(name -> Problem.of(name, "problem.parameter", name, String.join(", ", names)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, unknown);
        }
        return true;
    }

    private static Set<String> names(String query) {
        Set<String> names = new LinkedHashSet<>();
        for (String parameter : query.split("&")) {
            if (!parameter.isEmpty()) {
                names.add(UriUtils.decode(parameter.split("=", 2)[0].replace('+', ' '), UTF_8));
            }
        }
        return names;
    }

    /** The defaults of an import have names of their own. */
    private static boolean takesAll(HandlerMethod method) {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class)
                    && Map.class.isAssignableFrom(parameter.getParameterType())) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> declared(HandlerMethod method) {
        Set<String> names = new LinkedHashSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                names.add(named.name().isEmpty() ? parameter.getParameter().getName() : named.name());
            } else if (parameter.getParameterType().isRecord()
                    && !parameter.hasParameterAnnotation(RequestBody.class)) {
                components("", parameter.getParameterType(), names);
            }
        }
        names.add(LANGUAGE);
        return names;
    }

    private static void components(String prefix, Class<?> type, Set<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + component.getName();
            if (component.getType().isRecord()) {
                components(name + ".", component.getType(), names);
            } else if (BeanUtils.isSimpleProperty(component.getType())
                    || Collection.class.isAssignableFrom(component.getType())) {
                names.add(name);
            }
        }
    }
}
