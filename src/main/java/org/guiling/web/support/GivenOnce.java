package org.guiling.web.support;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a parameter that is given twice where one value is meant: what stands before us, and what of ours reads it first, might
 * take another one of them. Lists say that they are lists.
 */
public class GivenOnce implements HandlerInterceptor {

    private final Map<HandlerMethod, Set<String>> singles = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !isUpload(request)) {
            for (String name : singles.computeIfAbsent(method, GivenOnce::singles)) {
                String[] values = request.getParameterValues(name);
                if (values != null && values.length > 1) {
                    throw new GivenTwiceException(name);
                }
            }
        }
        return true;
    }

    /** Its parts are read by whoever knows how many may come. */
    private static boolean isUpload(HttpServletRequest request) {
        return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/");
    }

    private static Set<String> singles(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(GivenOnce::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(MethodParameter parameter) {
        RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
        Class<?> type = parameter.getParameterType();
        if (named != null) {
            String name = StringUtils.hasText(named.name()) ? named.name() : nameOf(parameter);
            return isSingle(type) ? Stream.ofNullable(name) : Stream.empty();
        }
        boolean form = parameter.getParameterAnnotations().length == 0
                || parameter.hasParameterAnnotation(ModelAttribute.class);
        return form && type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> isSingle(component.getType()))
                        .map(RecordComponent::getName)
                : Stream.empty();
    }

    private static String nameOf(MethodParameter parameter) {
        return Optional.ofNullable(parameter.getParameterName()).orElseGet(() -> parameter
                .getExecutable()
                .getParameters()[parameter.getParameterIndex()]
                .getName());
    }

    private static boolean isSingle(Class<?> type) {
        return !type.isArray()
                && !Iterable.class.isAssignableFrom(type)
                && !Map.class.isAssignableFrom(type)
                && !MultipartFile.class.isAssignableFrom(type)
                && type != Optional.class;
    }
}
