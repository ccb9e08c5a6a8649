package org.guiling.engine.property;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.workflow.FiveStepZeroing;

/** All that the database holds of one item, in our tables and in the engine's, read in one moment. */
public final class ItemState {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A user task of the engine. */
    public record EngineTask(
            String id, String key, String model, String assignee, String group, Instant due, boolean suspended) {

        boolean isOfTheFiveSteps() {
            return model.equals(FiveStepZeroing.KEY);
        }
    }

    /** A timer of the engine. */
    public record Timer(String id, String model, LocalDate day) {}

    /** A variable of the engine. */
    record Variable(String name, String text) {}

    /** A card against a unit. */
    record Card(String rung, String unit) {}

    /** A line of the timeline. */
    record Line(long id, Instant at, String actor, Action action) {}

    private final Map<String, List<String>> rows;
    private final JsonNode item;
    private final JsonNode clock;
    private final JsonNode clockOfRecord;
    private final List<JsonNode> requests;
    private final List<JsonNode> cards;
    private final List<EngineTask> tasks;
    private final List<EngineTask> toDos;
    private final List<Timer> timers;
    private final List<Variable> variables;
    private final List<String> models;
    private final List<Line> timeline;
    private final List<String> verifiers;
    private final List<String> passedBy;
    private final String waitsForTheOtherThan;

    /** @param rows the rows of each table as JSON, sorted */
    ItemState(Map<String, List<String>> rows) {
        this.rows = rows;
        this.item = read("item").get(0);
        this.clock = read("item_clock").get(0);
        this.clockOfRecord = read("item_clock_of_record").get(0);
        this.requests = read("item_request");
        this.cards = read("supervision_card");
        this.tasks = read("engine: tasks").stream().map(ItemState::task).toList();
        this.toDos = read("to_do").stream().map(ItemState::toDo).toList();
        this.timers = read("engine: jobs").stream()
                .filter(job -> job.path("type_").asText().equals("timer"))
                .map(ItemState::timer)
                .toList();
        this.variables = read("engine: variables").stream()
                .map(row -> new Variable(
                        row.path("name_").asText(), row.path("text_").textValue()))
                .toList();
        this.models = read("engine: executions").stream()
                .filter(execution -> execution.path("parent_id_").isNull())
                .map(execution -> execution.path("proc_def_id_").asText().split(":")[0])
                .toList();
        this.timeline = read("timeline").stream()
                .map(ItemState::line)
                .sorted(Comparator.comparing(Line::id))
                .toList();
        this.verifiers = new ArrayList<>();
        read("verification")
                .forEach(verification -> verification.path("verifiers").forEach(id -> verifiers.add(id.asText())));
        this.waitsForTheOtherThan = read("joint_finding").stream()
                .filter(finding -> finding.path("answered_at").isNull()
                        && finding.path("round").asInt() == item.path("round").asInt())
                .map(finding -> finding.path("first_verifier").asText())
                .findFirst()
                .orElse(null);
        int foundIn = read("timeline").stream()
                .filter(line -> line.path("note").asText().equals("FALSIFIED"))
                .mapToInt(line -> line.path("round").asInt())
                .max()
                .orElse(0);
        this.passedBy = new ArrayList<>();
        read("verification").stream()
                .filter(verification -> verification.path("result").asText().equals("PASS")
                        && verification.path("round").asInt() <= foundIn)
                .forEach(verification -> verification.path("verifiers").forEach(id -> passedBy.add(id.asText())));
    }

    /**
     * The person who recorded a finding that somebody else has to confirm in this round; null when none waits for that.
     */
    String waitsForTheOtherThan() {
        return waitsForTheOtherThan;
    }

    /** True where the person passed, alone or with others, work that was found to be falsified afterwards. */
    boolean passedFalsifiedWork(String person) {
        return passedBy.contains(person);
    }

    /** The rows of each table as JSON, sorted. */
    public Map<String, List<String>> rows() {
        return rows;
    }

    /** The row of {@code item_clock}. */
    JsonNode clock() {
        return clock;
    }

    /** What the record says that it is. */
    JsonNode clockOfRecord() {
        return clockOfRecord;
    }

    public String itemNo() {
        return item.path("item_no").asText();
    }

    public ItemStatus status() {
        return ItemStatus.valueOf(item.path("status").asText());
    }

    Step step() {
        return Step.valueOf(item.path("step").asText());
    }

    int round() {
        return item.path("round").asInt();
    }

    String leadUnit() {
        return item.path("lead_unit").asText();
    }

    public boolean isOpen() {
        return status().isOpen();
    }

    /** Null before the claim. */
    String handler() {
        return item.path("handler").textValue();
    }

    /** Null until there is one. */
    LocalDate originalDue() {
        return day(item.path("original_due"));
    }

    /** Null until there is one. */
    public LocalDate currentDue() {
        return day(item.path("current_due"));
    }

    /** The day on which supervision looks at it next; null when it does not. */
    LocalDate nextLook() {
        return day(item.path("next_look"));
    }

    /** The item of which it is a part; null for what is none. */
    String parentNo() {
        return item.path("parent_no").textValue();
    }

    /** The card to which its unit may object; empty when there is none, or an objection waits. */
    Optional<Card> objectionable() {
        boolean waiting = cards.stream()
                .anyMatch(card -> !card.path("objected_at").isNull()
                        && card.path("ruled_at").isNull());
        return waiting
                ? Optional.empty()
                : cards.stream()
                        .filter(card -> card.path("decision").asText().equals("ISSUED"))
                        .filter(card -> card.path("taken_back_at").isNull()
                                && card.path("objected_at").isNull())
                        .max(Comparator.comparing(card -> card.path("id").asLong()))
                        .map(card -> new Card(
                                card.path("rung").asText(), card.path("unit").asText()));
    }

    LocalDate lookBackOn() {
        return day(item.path("look_back_on"));
    }

    public List<EngineTask> tasks() {
        return tasks;
    }

    public Optional<EngineTask> task(String key) {
        return tasks.stream().filter(task -> task.key().equals(key)).findFirst();
    }

    /** The to-do rows in the shape of the engine's tasks, without a model. */
    List<EngineTask> toDos() {
        return toDos;
    }

    public List<Timer> timers() {
        return timers;
    }

    /** The variables of all instances that run for the item. */
    List<Variable> variables() {
        return variables;
    }

    /** The models of which an instance runs for the item. */
    List<String> models() {
        return models;
    }

    /** The oldest line first. */
    List<Line> timeline() {
        return timeline;
    }

    /** Everybody who ever verified it, together with somebody else or alone. */
    List<String> verifiers() {
        return verifiers;
    }

    /** The last day of the suspension that runs; null when none does. */
    LocalDate reviewDay() {
        return requests.stream()
                .filter(request -> request.path("kind").asText().equals("SUSPENSION")
                        && request.path("granted").asBoolean()
                        && request.path("ended_at").isNull())
                .map(request -> day(request.path("asked_day")))
                .findFirst()
                .orElse(null);
    }

    /** The kind of what was asked and waits for a decision; null when nothing does. */
    String openRequest() {
        return requests.stream()
                .filter(request -> request.path("decided_at").isNull())
                .map(request -> request.path("kind").asText())
                .findFirst()
                .orElse(null);
    }

    /** The person whose request waits for a decision; null when none does. */
    String openRequester() {
        return requests.stream()
                .filter(request -> request.path("decided_at").isNull())
                .map(request -> request.path("requested_by").asText())
                .findFirst()
                .orElse(null);
    }

    private List<JsonNode> read(String table) {
        return rows.getOrDefault(table, List.of()).stream()
                .map(ItemState::parsed)
                .toList();
    }

    private static JsonNode parsed(String row) {
        try {
            return JSON.readTree(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database wrote " + row, e);
        }
    }

    private static EngineTask task(JsonNode row) {
        return new EngineTask(
                row.path("id_").asText(),
                row.path("task_def_key_").asText(),
                row.path("model").asText(),
                row.path("assignee_").textValue(),
                row.path("candidate_group").textValue(),
                engineTime(row.path("due_date_")),
                row.path("suspension_state_").asInt() == 2);
    }

    private static EngineTask toDo(JsonNode row) {
        return new EngineTask(
                row.path("task_id").asText(),
                row.path("task_key").asText(),
                null,
                row.path("assignee").textValue(),
                row.path("group_id").textValue(),
                instant(row.path("due")),
                row.path("paused").asBoolean());
    }

    private static Timer timer(JsonNode row) {
        return new Timer(
                row.path("id_").asText(),
                row.path("process_def_key_").asText(),
                LocalDate.ofInstant(engineTime(row.path("duedate_")), ZONE));
    }

    private static Line line(JsonNode row) {
        return new Line(
                row.path("id").asLong(),
                instant(row.path("at")),
                row.path("actor").textValue(),
                Action.valueOf(row.path("action").asText()));
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
