package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.historyService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.SupervisionTask;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Assertions for the tests of a model: where it waits, for whom, until when, which elements it passed and how it ended.
 */
@GuilingTest
public abstract class ProcessTest {

    /** No holiday is near until the Spring Festival. */
    public static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    @Autowired
    public ProcessEngine engine;

    @Autowired
    public LifeCycle lifeCycle;

    @Autowired
    public TestClock clock;

    private final String model;

    public ProcessTest(String model) {
        this.model = model;
    }

    @BeforeEach
    void useEngine() {
        init(engine);
    }

    public void assertWaiting(String itemNo, String taskKey, String group, String assignee, LocalDate due) {
        ProcessInstance instance = instance(itemNo);
        List<String> where = new ArrayList<>(List.of(taskKey));
        FiveStepZeroing.UserTask.of(taskKey)
                .ifPresent(contract -> where.add(contract.step().name().toLowerCase()));
        SupervisionTask.of(taskKey).ifPresent(contract -> where.add("card"));
        BpmnAwareTests.assertThat(instance).isWaitingAtExactly(where.toArray(String[]::new));
        var assertion = BpmnAwareTests.assertThat(task(taskKey, instance)).hasDueDate(endOf(due));
        if (group != null) {
            assertion.hasCandidateGroup(group).isNotAssigned();
        } else {
            assertion.isAssignedTo(assignee);
        }
        var toDo = lifeCycle.waiting(itemNo, taskKey);
        assertThat(toDo.taskKey()).isEqualTo(taskKey);
        assertThat(toDo.group()).isEqualTo(group);
        assertThat(toDo.assignee()).isEqualTo(assignee);
        assertThat(toDo.due()).isEqualTo(endOf(due).toInstant());
    }

    void assertRecord(String itemNo, Step step, ItemStatus status) {
        assertThat(lifeCycle.item(itemNo).step()).isEqualTo(step);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(status);
    }

    void assertPassed(String itemNo, String... elements) {
        BpmnAwareTests.assertThat(instance(itemNo)).hasPassed(elements);
    }

    public void assertNotPassed(String itemNo, String... elements) {
        String instanceId = historicInstance(itemNo).getId();
        for (String element : elements) {
            assertThat(historyService()
                            .createHistoricActivityInstanceQuery()
                            .processInstanceId(instanceId)
                            .activityId(element)
                            .finished()
                            .list())
                    // An element that was cancelled while it waited has ended, but was not passed.
                    .filteredOn(activity -> !activity.isCanceled())
                    .as("%s passed", element)
                    .isEmpty();
        }
    }

    public void assertEnded(String itemNo, String endEvent) {
        assertThat(instance(itemNo)).isNull();
        HistoricProcessInstance ended = historicInstance(itemNo);
        assertThat(ended.getEndActivityId()).isEqualTo(endEvent);
        assertThat(ended.getState()).isEqualTo(HistoricProcessInstance.STATE_COMPLETED);
    }

    public ProcessInstance instance(String itemNo) {
        return runtimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(model)
                .processInstanceBusinessKey(itemNo)
                .singleResult();
    }

    public HistoricProcessInstance historicInstance(String itemNo) {
        return historyService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(model)
                .processInstanceBusinessKey(itemNo)
                .singleResult();
    }

    /** The engine's groups of a person. */
    List<String> groupsOf(String person) {
        return engine.getIdentityService().createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .toList();
    }

    public static java.util.Date endOf(LocalDate day) {
        return java.util.Date.from(
                day.atTime(23, 59, 59).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }
}
