package org.guiling.engine.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.task.Task;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Tests the contents of Tasklist's filters and its start dialog for each person, with the engine's authorization on.
 */
@GuilingTest
class TasklistFiltersTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    FilterService filters;

    @Autowired
    TaskService tasks;

    @Autowired
    RepositoryService repository;

    @Autowired
    IdentityService identities;

    @Autowired
    Organization organization;

    @Autowired
    Texts texts;

    @Test
    void myTasksAreMineAndWhatWaitsForMyGroups() {
        String task = taskAt(ItemStatus.VERIFYING);
        assertThat(shown("filter.mine", "verifier")).contains(task);
        assertThat(shown("filter.mine", "verifier2")).contains(task);
        assertThat(shown("filter.mine", "handler")).doesNotContain(task);

        tasks.setAssignee(task, "verifier");

        assertThat(shown("filter.mine", "verifier")).contains(task);
        assertThat(shown("filter.mine", "verifier2")).doesNotContain(task);
        assertThat(shown("filter.verification", "verifier2")).contains(task);
    }

    @Test
    void theQueueOfAStepIsSeenByItsGroupAlone() {
        String claim = taskAt(ItemStatus.DISPATCHED);
        assertThat(shown("filter.unit", "handler")).contains(claim);
        assertThat(shown("filter.unit", "handler2")).doesNotContain(claim);
        assertThat(shown("filter.verification", "handler")).doesNotContain(claim);

        String signOff = taskAt(ItemStatus.CLOSING);
        assertThat(shown("filter.sign-off", "supervisor")).contains(signOff);
        assertThat(shown("filter.sign-off", "verifier")).doesNotContain(signOff);
    }

    @Test
    void dueSoonEndsWithTheThirdWorkingDay() {
        String task = taskAt(ItemStatus.RECTIFYING);

        setDue(task, lifeCycle.workingDays(3));
        assertThat(shown("filter.due-soon", "handler")).contains(task);
        assertThat(shown("filter.overdue", "handler")).doesNotContain(task);

        // rest days that follow the third working day still belong to it
        setDue(task, lifeCycle.workingDays(4).minusDays(1));
        assertThat(shown("filter.due-soon", "handler")).contains(task);

        setDue(task, lifeCycle.workingDays(4));
        assertThat(shown("filter.due-soon", "handler")).doesNotContain(task);

        setDue(task, lifeCycle.today().minusDays(1));
        assertThat(shown("filter.due-soon", "handler")).doesNotContain(task);
        assertThat(shown("filter.overdue", "handler")).contains(task);
        assertThat(shown("filter.overdue", "handler2")).doesNotContain(task);
    }

    @Test
    void peopleAreOfferedWhatTheyMayStart() {
        assertThat(startable("registrar"))
                .containsExactlyInAnyOrder("five-step-zeroing", "withdrawal", "reopening", "request-taking-back");
        assertThat(startable("handler"))
                .containsExactlyInAnyOrder(
                        "deadline-extension",
                        "suspension",
                        "withdrawal",
                        "objection",
                        "decomposition",
                        "request-taking-back",
                        "fast-lane");
        assertThat(startable("reviewer")).containsExactlyInAnyOrder("withdrawal", "reopening", "request-taking-back");
        assertThat(startable("supervisor")).containsExactly("spot-check");
        assertThat(startable("operator")).isEmpty();
    }

    private List<String> startable(String person) {
        return as(
                person, () -> repository
                        .createProcessDefinitionQuery()
                        .latestVersion()
                        .startableInTasklist()
                        .startablePermissionCheck()
                        .list()
                        .stream()
                        .map(ProcessDefinition::getKey)
                        .toList());
    }

    private String taskAt(ItemStatus status) {
        return lifeCycle.waiting(lifeCycle.itemAt(status)).taskId();
    }

    private void setDue(String task, LocalDate day) {
        tasks.setDueDate(
                task,
                Date.from(LocalTime.of(23, 59, 59).atDate(day).atZone(ZONE).toInstant()));
    }

    private List<String> shown(String nameKey, String person) {
        Filter filter =
                filters.createTaskFilterQuery().filterName(texts.get(nameKey)).singleResult();
        List<Task> list = as(person, () -> filters.list(filter.getId()));
        return list.stream().map(Task::getId).toList();
    }

    private <T> T as(String person, Supplier<T> query) {
        identities.setAuthentication(
                person, List.copyOf(organization.person(person).orElseThrow().groups()));
        try {
            return query.get();
        } finally {
            identities.clearAuthentication();
        }
    }
}
