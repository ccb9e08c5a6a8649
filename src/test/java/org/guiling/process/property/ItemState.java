package org.guiling.process.property;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.process.FiveStepZeroing;

/**
 * All that the database holds of one item, in our tables and in the engine's, read in one moment.
 *
 * @param rows the rows of each table, as JSON
 */
record ItemState(String itemNo, SortedMap<String, List<JsonNode>> rows) {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** A user task of the engine. */
    record EngineTask(
            String id, String key, String model, String assignee, String group, Instant due, boolean suspended) {

        boolean isOfTheFiveSteps() {
            return model.equals(FiveStepZeroing.KEY);
        }
    }

    /** A timer of the engine. */
    record Timer(String id, String model, LocalDate day) {}

    /** A line of the timeline. */
    record Line(long id, Instant at, String actor, Action action) {}

    private JsonNode item() {
        return rows.get("item").get(0);
    }

    long id() {
        return item().path("id").asLong();
    }

    ItemStatus status() {
        return ItemStatus.valueOf(item().path("status").asText());
    }

    Step step() {
        return Step.valueOf(item().path("step").asText());
    }

    int round() {
        return item().path("round").asInt();
    }

    String leadUnit() {
        return item().path("lead_unit").asText();
    }

    boolean isOpen() {
        return status().isOpen();
    }

    /** Null before the claim. */
    String handler() {
        return item().path("handler").textValue();
    }

    /** Null until there is one. */
    LocalDate originalDue() {
        return day(item().path("original_due"));
    }

    /** Null until there is one. */
    LocalDate currentDue() {
        return day(item().path("current_due"));
    }

    LocalDate lookBackOn() {
        return day(item().path("look_back_on"));
    }

    List<EngineTask> tasks() {
        return of("engine: tasks").stream()
                .map(task -> new EngineTask(
                        task.path("id_").asText(),
                        task.path("task_def_key_").asText(),
                        task.path("model").asText(),
                        task.path("assignee_").textValue(),
                        task.path("candidate_group").textValue(),
                        engineTime(task.path("due_date_")),
                        task.path("suspension_state_").asInt() == 2))
                .toList();
    }

    Optional<EngineTask> task(String key) {
        return tasks().stream().filter(task -> task.key().equals(key)).findFirst();
    }

    /** The to-do rows in the shape of the engine's tasks. */
    List<EngineTask> toDos() {
        return of("to_do").stream()
                .map(toDo -> new EngineTask(
                        toDo.path("task_id").asText(),
                        toDo.path("task_key").asText(),
                        null,
                        toDo.path("assignee").textValue(),
                        toDo.path("group_id").textValue(),
                        instant(toDo.path("due")),
                        toDo.path("paused").asBoolean()))
                .toList();
    }

    List<Timer> timers() {
        return of("engine: jobs").stream()
                .filter(job -> job.path("type_").asText().equals("timer"))
                .map(job -> new Timer(
                        job.path("id_").asText(),
                        job.path("process_def_key_").asText(),
                        LocalDate.ofInstant(engineTime(job.path("duedate_")), ZONE)))
                .toList();
    }

    List<Line> timeline() {
        return of("timeline").stream()
                .map(line -> new Line(
                        line.path("id").asLong(),
                        instant(line.path("at")),
                        line.path("actor").textValue(),
                        Action.valueOf(line.path("action").asText())))
                .toList();
    }

    /** Everybody who ever verified it, together with somebody else or alone. */
    List<String> verifiers() {
        List<String> ids = new ArrayList<>();
        of("verification")
                .forEach(verification -> verification.path("verifiers").forEach(id -> ids.add(id.asText())));
        return ids;
    }

    /** The last day of the suspension that runs; null when none does. */
    LocalDate reviewDay() {
        return of("item_request").stream()
                .filter(request -> request.path("kind").asText().equals("SUSPENSION")
                        && request.path("granted").asBoolean()
                        && request.path("ended_at").isNull())
                .map(request -> day(request.path("asked_day")))
                .findFirst()
                .orElse(null);
    }

    /** The kind of what was asked and waits for a decision; null when nothing does. */
    String openRequest() {
        return of("item_request").stream()
                .filter(request -> request.path("decided_at").isNull())
                .map(request -> request.path("kind").asText())
                .findFirst()
                .orElse(null);
    }

    List<JsonNode> of(String table) {
        return rows.getOrDefault(table, List.of());
    }

    private static LocalDate day(JsonNode text) {
        return text.isTextual() ? LocalDate.parse(text.asText()) : null;
    }

    private static Instant instant(JsonNode text) {
        return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
    }

    /** The engine stores local times. */
    private static Instant engineTime(JsonNode text) {
        return text.isTextual()
                ? LocalDateTime.parse(text.asText())
                        .atZone(ZoneId.systemDefault())
                        .toInstant()
                : null;
    }
}
