package org.guiling.web.support;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.todo.ToDos;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The ETag of an item, and requests that are to be carried out only while the item is as it was read ({@code If-Match}, RFC 9110):
 * whoever decides on what somebody else has changed meanwhile is told so with 412.
 */
@Component
public class ItemTags {

    private static final String ANY = "*";

    private final VisibleItems items;
    private final Timeline timeline;
    private final ToDos toDos;

    ItemTags(VisibleItems items, Timeline timeline, ToDos toDos) {
        this.items = items;
        this.timeline = timeline;
        this.toDos = toDos;
    }

    /** A state that changes with everything that is done to the item, and with nothing else. */
    private String state(Item item) {
        return item.version() + "." + timeline.lastChange(item);
    }

    /** @param shown what the answer says beside the record, such as the light, which changes with the days */
    public String of(Item item, Object... shown) {
        return '"' + state(item) + "." + Integer.toHexString(Arrays.hashCode(shown)) + '"';
    }

    /** True where the request is about an item and says as which it knows it. */
    public boolean areAsked(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.IF_MATCH) != null
                && !HttpMethod.GET.matches(request.getMethod())
                && itemNo(request).isPresent();
    }

    /**
     * Locks the item of the request for the transaction.
     *
     * @throws ResponseStatusException with 412 when it is not as the request says
     */
    public void requireMatchLocked(HttpServletRequest request) {
        require(request, items.getLocked(itemNo(request).orElseThrow()));
    }

    /** As {@link #requireMatchLocked}, for what has transactions of its own. */
    public void requireMatch(HttpServletRequest request) {
        require(request, items.get(itemNo(request).orElseThrow()));
    }

    private void require(HttpServletRequest request, Item item) {
        String asked = request.getHeader(HttpHeaders.IF_MATCH);
        String state = '"' + state(item) + '.';
        boolean matches = Arrays.stream(asked.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals(ANY) || tag.startsWith(state));
        if (!matches) {
            throw new ResponseStatusException(HttpStatus.PRECONDITION_FAILED);
        }
    }

    /** By its own address, or as that whose task it is. */
    private Optional<String> itemNo(HttpServletRequest request) {
        Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables == null) {
            return Optional.empty();
        }
        if (variables.get("itemNo") != null) {
            return Optional.of(variables.get("itemNo").toString());
        }
        boolean task = request.getRequestURI().startsWith(request.getContextPath() + "/api/tasks/");
        return task ? toDos.find(String.valueOf(variables.get("id"))).map(ToDos.ToDo::itemNo) : Optional.empty();
    }
}
