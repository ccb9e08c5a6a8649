package org.guiling.engine.refusal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.guiling.database.Hindrance;
import org.guiling.item.todo.ToDos;
import org.guiling.text.Texts;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Camunda's REST answers 500 with the engine's words to whatever it does not know. This tells of what is a {@link Hindrance}
 * by its status and in our words, of a task that somebody else has just done, and of a value that no column takes. Jersey finds it by the service file, so it
 * stands within both entry points, {@code /camunda/api} and {@code /engine-rest}.
 */
public class RestHindrances implements ForcedAutoDiscoverable {

    private static final String FAILURE = RestHindrances.class.getName();
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    @Override
    public void configure(FeatureContext context) {
        context.register(new Observer()).register(new Answer());
    }

    /** Keeps what was thrown: the response has only its words. */
    private static final class Observer implements ApplicationEventListener {

        @Override
        public void onEvent(ApplicationEvent event) {
            // Only requests matter.
        }

        @Override
        public RequestEventListener onRequest(RequestEvent begun) {
            return event -> {
                if (event.getType() == RequestEvent.Type.ON_EXCEPTION) {
                    event.getContainerRequest().setProperty(FAILURE, event.getException());
                }
            };
        }
    }

    private static final class Answer implements ContainerResponseFilter {

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (!(request.getProperty(FAILURE) instanceof Throwable failure)) {
                return;
            }
            Optional<Hindrance> hindrance = EngineHindrance.of(failure);
            if (hindrance.isPresent()) {
                hindrance
                        .get()
                        .log(request.getMethod() + " " + request.getUriInfo().getPath(), failure);
                answer(
                        response,
                        hindrance.get().status(),
                        "problem." + hindrance.get().status() + ".detail");
            } else if (isAboutATaskThatIsGone(request, failure)) {
                answer(response, NOT_FOUND, "refusal.task-gone");
            } else if (Faults.isOfTheData(failure)) {
                answer(response, BAD_REQUEST, "problem.400.detail");
            }
        }

        /** A late request misses the task, or the permission that went with it. */
        private static boolean isAboutATaskThatIsGone(ContainerRequestContext request, Throwable failure) {
            String id = request.getUriInfo().getPathParameters().getFirst("id");
            boolean changesTask = id != null
                    && !"GET".equals(request.getMethod())
                    && ("/" + request.getUriInfo().getPath()).contains("/task/" + id);
            for (Throwable cause = failure; changesTask && cause != null; cause = cause.getCause()) {
                if (cause instanceof NullValueException
                        || cause instanceof AuthorizationException
                        // The engine misses the execution behind a task that it has just read.
                        || cause instanceof NullPointerException) {
                    return bean(ToDos.class).find(id).isEmpty();
                }
            }
            return false;
        }

        private static void answer(ContainerResponseContext response, int status, String code) {
            response.setStatus(status);
            response.setEntity(
                    Map.of("type", "RestException", "message", bean(Texts.class).get(code), "code", 0),
                    new Annotation[0],
                    MediaType.APPLICATION_JSON_TYPE);
        }

        private static <T> T bean(Class<T> type) {
            HttpServletRequest request =
                    ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
            return WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())
                    .getBean(type);
        }
    }
}
