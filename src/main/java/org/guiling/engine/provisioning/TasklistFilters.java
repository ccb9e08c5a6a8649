package org.guiling.engine.provisioning;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.guiling.text.Texts;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.springframework.stereotype.Component;

/** The filters with which Tasklist lists waiting tasks. */
@Component
class TasklistFilters {

    private final FilterService filters;
    private final TaskService tasks;
    private final EngineAuthorizations authorizations;
    private final Texts texts;

    TasklistFilters(FilterService filters, TaskService tasks, EngineAuthorizations authorizations, Texts texts) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.texts = texts;
    }

    void provision() {
        filter("filter.mine", 10, mine());
        filter("filter.unit", 20, candidates().taskDefinitionKey(UserTask.CLAIM_ITEM.id()));
        filter(
                "filter.verification",
                30,
                candidates().taskDefinitionKeyIn(UserTask.VERIFY.id(), UserTask.CONFIRM_VERIFICATION.id()));
        filter("filter.sign-off", 40, candidates().taskDefinitionKey(UserTask.SIGN_OFF.id()));
        filter(
                "filter.due-soon",
                50,
                mine().dueAfterExpression("${now()}").dueBeforeExpression("${taskDeadlines.startOfDayIn(4)}"));
        filter("filter.overdue", 60, mine().dueBeforeExpression("${now()}"));
    }

    private TaskQuery query() {
        Stream<String> requests = Arrays.stream(RequestProcess.values()).map(RequestProcess::key);
        // Suspended tasks wait for nobody.
        return tasks.createTaskQuery()
                .active()
                .processDefinitionKeyIn(Stream.concat(
                                Stream.of(
                                        FiveStepZeroing.KEY,
                                        LookBack.KEY,
                                        SupervisionTask.KEY,
                                        CardReply.KEY,
                                        SpotCheckVisitTask.KEY),
                                requests)
                        .toArray(String[]::new));
    }

    /** My tasks, and those that wait for anybody of my groups. */
    private TaskQuery mine() {
        return query().or()
                .taskAssigneeExpression("${currentUser()}")
                .taskCandidateGroupInExpression("${currentUserGroups()}")
                .endOr();
    }

    private TaskQuery candidates() {
        return query().taskCandidateGroupInExpression("${currentUserGroups()}").includeAssignedTasks();
    }

    private void filter(String nameKey, int priority, TaskQuery query) {
        String name = texts.get(nameKey);
        Filter filter = filters.createTaskFilterQuery().filterName(name).singleResult();
        if (filter == null) {
            filter = filters.newTaskFilter(name);
        }
        // No order: a stored one would come before any that a person chooses in Tasklist.
        filter.setQuery(query);
        filter.setProperties(Map.of(
                "color",
                "#1f6feb",
                "priority",
                priority,
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                List.of(
                        column(Variables.ITEM_NO, "column.itemNo"),
                        column(Variables.TITLE, "column.title"),
                        column(Variables.UNIT_NAME, "column.unitName"))));
        filters.saveFilter(filter);
        authorizations.grant(null, Resources.FILTER, filter.getId(), Permissions.READ);
    }

    private Map<String, String> column(String variable, String labelKey) {
        return Map.of("name", variable, "label", texts.get(labelKey));
    }
}
