package org.guiling.web.support;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every route of Camunda's REST, read from the annotations of its own resources. */
public final class EngineRoutes {

    /** By name: nothing of ours is built on the inside of Camunda. */
    private static final String ROOT = "org.camunda.bpm.engine.rest.impl.DefaultProcessEngineRestServiceImpl";

    private final Set<Route> routes =
            new TreeSet<>(Comparator.comparing(Route::path).thenComparing(Route::method));

    private EngineRoutes() {}

    /**
     * @param path with its parameters in braces, {@code /task/{id}/claim}
     * @param body what the body is read into, null where nothing is
     */
    public record Route(String method, String path, Class<?> body) {}

    public static Collection<Route> all() {
        try {
            EngineRoutes found = new EngineRoutes();
            found.collect(Class.forName(ROOT), "", Set.of());
            return found.routes;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Camunda's REST has another root", e);
        }
    }

    private void collect(Class<?> resource, String path, Set<Class<?>> above) {
        if (above.contains(resource)) {
            return;
        }
        Set<Class<?>> here = new LinkedHashSet<>(above);
        here.add(resource);
        for (Method method : resource.getMethods()) {
            Optional<String> verb = Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .map(type -> type.getAnnotation(HttpMethod.class))
                    .filter(found -> found != null)
                    .map(HttpMethod::value)
                    .findFirst();
            Path part = method.getAnnotation(Path.class);
            String whole = part == null ? path : path + "/" + trimmed(part.value());
            if (verb.isPresent()) {
                routes.add(new Route(verb.get(), whole.isEmpty() ? "/" : whole, body(method)));
            } else if (part != null) {
                collect(method.getReturnType(), whole, here);
            }
        }
    }

    private static Class<?> body(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getAnnotations().length == 0)
                .map(Parameter::getType)
                .findFirst()
                .orElse(null);
    }

    /** Without slashes at the ends and the patterns of parameters. */
    private static String trimmed(String path) {
        return path.replaceAll("^/|/$", "").replaceAll("\\{\\s*(\\w+)\\s*:[^/]*\\}", "{$1}");
    }
}
