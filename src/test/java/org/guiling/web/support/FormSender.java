package org.guiling.web.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.guiling.engine.property.FormFile;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.TaskContract;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Sends the forms of tasks, requests and beginnings through the portal, Tasklist's REST and {@code /api}. */
public record FormSender(int port) {

    /** Signing on takes longer than most of what follows. */
    private static final Map<String, Caller> CALLERS = new ConcurrentHashMap<>();

    public enum Door {
        /** A browser sends what is hidden too, if a page does not keep it from that: empty. */
        PORTAL,
        TASKLIST,
        API
    }

    /** Everybody signs on anew: a session ends in the course of a day. */
    public void endSessions() {
        CALLERS.keySet().removeIf(caller -> !caller.startsWith(Door.API.name()));
    }

    /** Sends the start form of what belongs to no item yet. */
    public HttpResponse<String> begin(
            Door door, String person, String what, String startForm, String address, Map<String, Object> entered) {
        Caller caller = caller(door, person);
        return switch (door) {
            case PORTAL -> send(caller, "/new/" + what, startForm, entered);
            case TASKLIST ->
                caller.post(
                        "/camunda/api/engine/engine/default/process-definition/key/" + what + "/submit-form",
                        Map.of("variables", variables(entered)));
            case API -> caller.post(address, entered);
        };
    }

    public HttpResponse<String> complete(
            Door door, String person, String taskId, String taskKey, Map<String, Object> entered) {
        Caller caller = caller(door, person);
        return switch (door) {
            case PORTAL -> {
                String form = TaskContract.of(taskKey).orElseThrow().form();
                yield send(caller, "/tasks/" + taskId, form, entered);
            }
            case TASKLIST ->
                caller.post(
                        "/camunda/api/engine/engine/default/task/" + taskId + "/submit-form",
                        Map.of("variables", variables(entered)));
            case API -> caller.post("/api/tasks/" + taskId + "/complete", entered);
        };
    }

    public HttpResponse<String> raise(
            Door door, String person, String itemNo, RequestProcess process, Map<String, Object> entered) {
        Caller caller = caller(door, person);
        return switch (door) {
            case PORTAL ->
                send(caller, "/items/" + itemNo + "/requests/" + process.key(), process.startForm(), entered);
            case TASKLIST -> {
                Map<String, Object> all = new HashMap<>(entered);
                all.put("itemNo", itemNo);
                yield caller.post(
                        "/camunda/api/engine/engine/default/process-definition/key/" + process.key() + "/submit-form",
                        Map.of("variables", variables(all)));
            }
            case API -> {
                Map<String, Object> withoutKind = new HashMap<>(entered);
                Object kind = withoutKind.remove("kind");
                yield caller.post(
                        "/api/items/" + itemNo + "/" + path(process, kind),
                        process == RequestProcess.WITHDRAWAL ? withoutKind : entered);
            }
        };
    }

    private static String path(RequestProcess process, Object kind) {
        return switch (process) {
            case EXTENSION -> "extension";
            case SUSPENSION -> "suspension";
            case REOPENING -> "reopening";
            case OBJECTION -> "objection";
            case DECOMPOSITION -> "split";
            case TAKING_BACK -> "request-taking-back";
            case WITHDRAWAL ->
                switch (String.valueOf(kind)) {
                    case "MERGER" -> "merge";
                    case "TRANSFER" -> "transfer";
                    default -> "cancellation";
                };
        };
    }

    /** Sends a page's form as a browser without scripts does: each input that the form has, the hidden ones too. */
    public static HttpResponse<String> send(Caller caller, String page, String form, Map<String, Object> entered) {
        MultiValueMap<String, String> inputs = new LinkedMultiValueMap<>();
        FormFile file = FormFile.of(form);
        for (String key : file.keys()) {
            Object value = entered.get(key);
            if (value instanceof List<?> several) {
                several.forEach(one -> inputs.add(key, one.toString()));
            } else if (value != null) {
                inputs.add(key, value.toString());
            } else if (file.sentEmpty().contains(key) && !key.equals("itemNo")) {
                inputs.add(key, "");
            }
        }
        return caller.submit(page, caller.csrf(page), inputs);
    }

    private static Map<String, Object> variables(Map<String, Object> entered) {
        Map<String, Object> variables = new HashMap<>();
        entered.forEach((name, value) -> variables.put(
                name,
                value instanceof List<?>
                        ? Map.of(
                                "type",
                                "Json",
                                "value",
                                new ObjectMapper().valueToTree(value).toString())
                        : Map.of("value", value)));
        return variables;
    }

    public Caller caller(Door door, String person) {
        return CALLERS.computeIfAbsent(door + " " + person, key -> switch (door) {
            case PORTAL -> Caller.browser(port, person);
            case TASKLIST -> Caller.webApp(port, person);
            case API -> Caller.script(port, person);
        });
    }

    /** The words of a page without its tags. */
    public static String readable(HttpResponse<String> answer) {
        return answer.body().replaceAll("(?s)<head>.*?</head>", "").replaceAll("<[^>]*>|\\s+", " ");
    }
}
