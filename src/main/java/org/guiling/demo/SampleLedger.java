package org.guiling.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Tasks;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.time.OfficeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Loads the sample items into an empty ledger: every rule holds for them, because every step is really taken. */
@Component
@Profile("demo")
@Order(3)
class SampleLedger implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(SampleLedger.class);
    private static final List<ItemStatus> PATH = List.of(
            ItemStatus.REVIEW,
            ItemStatus.DISPATCHED,
            ItemStatus.PLANNING,
            ItemStatus.PLAN_REVIEW,
            ItemStatus.RECTIFYING,
            ItemStatus.VERIFYING,
            ItemStatus.CLOSING,
            ItemStatus.CLOSED);
    private static final String SECOND_VERIFIER = "verifier2";

    private final Items items;
    private final ToDos toDos;
    private final ItemProcesses itemProcesses;
    private final Tasks tasks;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final WorkingCalendars calendars;
    private final OfficeClock clock;

    SampleLedger(
            Items items,
            ToDos toDos,
            ItemProcesses itemProcesses,
            Tasks tasks,
            Organization organization,
            CurrentPerson currentPerson,
            WorkingCalendars calendars,
            OfficeClock clock) {
        this.items = items;
        this.toDos = toDos;
        this.itemProcesses = itemProcesses;
        this.tasks = tasks;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.calendars = calendars;
        this.clock = clock;
    }

    private record Content(List<SampleItem> items) {}

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (items.areEmpty()) {
            List<SampleItem> samples = read();
            samples.forEach(this::load);
            log.info("{} sample items loaded", samples.size());
        }
    }

    private void load(SampleItem sample) {
        SampleFields fields = new SampleFields(sample, clock.today(), calendars.current());
        String itemNo = as(
                "registrar", () -> itemProcesses.register(fields.registration()).itemNo());
        if (sample.stopAt() == ItemStatus.NOT_ACCEPTED) {
            complete("reviewer", itemNo, fields.rejection());
            return;
        }
        int stop = PATH.indexOf(sample.stopAt() == ItemStatus.REWORK ? ItemStatus.CLOSING : sample.stopAt());
        for (ItemStatus reached : PATH.subList(0, stop)) {
            leave(reached, itemNo, sample, fields);
        }
        if (sample.stopAt() == ItemStatus.RECTIFYING && sample.progress() != null) {
            complete(handler(sample), itemNo, fields.progress());
        }
    }

    private void leave(ItemStatus status, String itemNo, SampleItem sample, SampleFields fields) {
        switch (status) {
            case REVIEW -> complete("reviewer", itemNo, fields.acceptance());
            case DISPATCHED -> complete(handler(sample), itemNo, fields.claim());
            case PLANNING -> complete(handler(sample), itemNo, fields.plan());
            case PLAN_REVIEW -> complete("supervisor", itemNo, Map.of("decision", "APPROVE"));
            case RECTIFYING -> complete(handler(sample), itemNo, fields.rectification());
            case VERIFYING -> verify(itemNo, fields);
            case CLOSING -> signOff(itemNo, fields);
            default -> throw new IllegalStateException("No sample leaves " + status);
        }
    }

    /** The second of two on site confirms what the first found. */
    private void verify(String itemNo, SampleFields fields) {
        complete("verifier", itemNo, fields.verification(SECOND_VERIFIER));
        if (items.get(itemNo).status() == ItemStatus.VERIFYING) {
            complete(SECOND_VERIFIER, itemNo, fields.confirmation());
        }
    }

    /** Everybody of the chain in turn; the source is answered once. */
    private void signOff(String itemNo, SampleFields fields) {
        Map<String, Object> answer = fields.signOff();
        while (items.get(itemNo).status() == ItemStatus.CLOSING) {
            complete(memberOf(toDos.of(itemNo).get(0).group()), itemNo, answer);
            answer.remove("sourceReply");
            answer.remove("sourceReplyNote");
        }
    }

    private String memberOf(String group) {
        return organization.people().stream()
                .filter(person -> person.groups().contains(group))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static String handler(SampleItem sample) {
        return sample.claim().get("handler").toString();
    }

    private void complete(String personId, String itemNo, Map<String, Object> fields) {
        String taskId = toDos.of(itemNo).get(0).taskId();
        as(personId, () -> {
            tasks.complete(taskId, fields);
            return taskId;
        });
    }

    private <T> T as(String personId, Supplier<T> work) {
        Person person = organization.person(personId).orElseThrow();
        return currentPerson.callAs(person, work);
    }

    private static List<SampleItem> read() {
        try (InputStream file = new ClassPathResource("demo/items.yaml").getInputStream()) {
            return new ObjectMapper(new YAMLFactory())
                    .readValue(file, Content.class)
                    .items();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sample items", e);
        }
    }
}
