import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.guiling.client.ApiClient;
import org.guiling.client.api.EvidenceApi;
import org.guiling.client.api.ItemsApi;
import org.guiling.client.api.TasksApi;
import org.guiling.client.model.EvidenceDocument;
import org.guiling.client.model.ItemDocument;
import org.guiling.client.model.ItemsRegisterRequest;
import org.guiling.client.model.TaskDocument;
import org.springframework.core.io.FileSystemResource;

/** Takes an item from registration to closure by nothing but what openapi-generator made of our description. */
public final class Journey {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

    private final JsonNode plan;

    private Journey(JsonNode plan) {
        this.plan = plan;
    }

    public static String walk(String plan) throws Exception {
        return new Journey(JSON.readTree(plan)).walk();
    }

    private String walk() throws Exception {
        ItemsRegisterRequest facts = JSON.convertValue(plan.get("registration"), ItemsRegisterRequest.class);
        String key = "\"" + UUID.randomUUID() + "\"";
        ItemsApi registrar = new ItemsApi(client("registrar"));
        String itemNo = registrar.itemsRegister(facts, key).getItemNo();
        same(itemNo, registrar.itemsRegister(facts, key).getItemNo());
        for (JsonNode step : plan.get("steps")) {
            take(itemNo, step);
        }
        ItemDocument item = new ItemsApi(client("leader")).itemsGet(itemNo);
        same(plan.at("/registration/title").asText(), item.getTitle());
        same(2, item.getMeasures().size());
        return itemNo + " " + item.getStatus();
    }

    private void take(String itemNo, JsonNode step) throws Exception {
        ApiClient client = client(step.get("person").asText());
        TasksApi tasks = new TasksApi(client);
        TaskDocument task = tasks.tasksList(itemNo, null, null).getTasks().get(0);
        same(step.get("task").asText(), task.getTask());
        if (task.getAssignee() == null) {
            tasks.tasksClaim(task.getId(), null, null);
        }
        for (JsonNode file : step.path("evidence")) {
            add(new EvidenceApi(client), itemNo, new File(file.get("path").asText()), file.get("measure").asInt());
        }
        same(task.getForm(), tasks.tasksGet(task.getId()).getForm());
        Map<String, Object> fields = JSON.convertValue(step.get("fields"), Map.class);
        tasks.tasksComplete(task.getId(), fields, null, null);
    }

    private static void add(EvidenceApi evidence, String itemNo, File file, int measure) throws Exception {
        EvidenceDocument added = evidence
                .evidenceAdd(itemNo, null, null, List.of(new FileSystemResource(file)), measure, "完工后")
                .getFiles()
                .get(0);
        same("完工后", added.getNote());
        same(measure, added.getMeasure());
        if (evidence.evidenceContent(itemNo, added.getId(), null).contentLength() == 0) {
            throw new IllegalStateException("Nothing came back of " + file);
        }
        same(measure, evidence.evidenceList(itemNo).getFiles().size());
    }

    private ApiClient client(String person) {
        ApiClient client = new ApiClient().setBasePath(plan.get("address").asText());
        client.setBearerToken(plan.get("tokens").get(person).asText());
        return client;
    }

    private static void same(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("Expected " + expected + ", found " + found);
        }
    }
}
