package org.guiling.engine.provisioning;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.TaskQuery;
import org.guiling.engine.webapp.EngineAdministrators;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonChanged;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.UnitChanged;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.text.Texts;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings the engine's users, groups, authorizations and Tasklist's filters in line with the organization, at every start
 * and in the transaction of every change. Grants only; what an administrator adds by hand stays.
 */
@Component
@Order(2)
public class EngineProvisioning implements ApplicationRunner {

    private static final String NOBODY = "engine-administrator";

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final FilterService filters;
    private final TaskService tasks;
    private final Organization organization;
    private final Substitutions substitutions;
    private final EngineAdministrators administrators;
    private final GroupNames groupNames;
    private final Texts texts;

    /** False until the first start has provisioned everything: earlier changes are covered by it. */
    private volatile boolean inLine;

    EngineProvisioning(
            IdentityService identities,
            AuthorizationService authorizations,
            FilterService filters,
            TaskService tasks,
            Organization organization,
            Substitutions substitutions,
            EngineAdministrators administrators,
            GroupNames groupNames,
            Texts texts) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.filters = filters;
        this.tasks = tasks;
        this.organization = organization;
        this.substitutions = substitutions;
        this.administrators = administrators;
        this.groupNames = groupNames;
        this.texts = texts;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        closeInitialSetup();
        provisionGroups();
        organization.people().forEach(this::provision);
        provisionAuthorizations();
        provisionFilters();
        inLine = true;
    }

    @EventListener
    void on(UnitChanged change) {
        if (!inLine) {
            return;
        }
        Unit unit = change.after();
        if (unit.isOpen()) {
            provisionGroups();
            grantUnits(Set.of(Role.handlersOf(unit.code())), Set.of(Role.leadersOf(unit.code())));
        } else {
            remove(Role.handlersOf(unit.code()));
            remove(Role.leadersOf(unit.code()));
        }
    }

    @EventListener
    void on(PersonChanged change) {
        if (!inLine) {
            return;
        }
        if (change.after() == null) {
            memberships(change.id(), Set.of());
        } else {
            provision(change.after());
        }
        // A right that the absent person loses is lost to their substitute, too.
        substitutions
                .inForceFor(change.id())
                .forEach(each -> organization.person(each.substitute()).ifPresent(this::provision));
    }

    private void remove(String group) {
        authorizations
                .createAuthorizationQuery()
                .groupIdIn(group)
                .list()
                .forEach(grant -> authorizations.deleteAuthorization(grant.getId()));
        identities.deleteGroup(group);
    }

    private void provisionGroups() {
        Map<String, Group> existing = identities.createGroupQuery().unlimitedList().stream()
                .collect(Collectors.toMap(Group::getId, Function.identity()));
        groupNames.all().forEach((id, name) -> {
            Group group = existing.get(id);
            if (group == null) {
                group = identities.newGroup(id);
                group.setType(Groups.GROUP_TYPE_WORKFLOW);
            }
            if (!name.equals(group.getName())) {
                group.setName(name);
                identities.saveGroup(group);
            }
        });
    }

    /**
     * While nobody is in this group, Camunda's web apps show a page on which the first visitor may make themselves the
     * administrator. So one stays in it who has no password and no place in the organization: nobody signs on as it.
     */
    private void closeInitialSetup() {
        if (identities.createGroupQuery().groupId(Groups.CAMUNDA_ADMIN).count() == 0) {
            Group group = identities.newGroup(Groups.CAMUNDA_ADMIN);
            group.setName(texts.get("group.engine-administrators"));
            group.setType(Groups.GROUP_TYPE_SYSTEM);
            identities.saveGroup(group);
        }
        if (identities.createUserQuery().userId(NOBODY).count() == 0) {
            User nobody = identities.newUser(NOBODY);
            nobody.setLastName(texts.get("group.engine-administrators"));
            identities.saveUser(nobody);
            identities.createMembership(NOBODY, Groups.CAMUNDA_ADMIN);
        }
    }

    /** A user without a password: the engine's own login stays shut, ours is the only one. */
    private void provision(Person person) {
        User user = identities.createUserQuery().userId(person.id()).singleResult();
        if (user == null) {
            user = identities.newUser(person.id());
        }
        if (!person.name().equals(user.getLastName())) {
            user.setLastName(person.name());
            user.setFirstName("");
            identities.saveUser(user);
        }
        // The engine lets a new user rename or delete themselves; people are kept in the organization alone.
        authorizations
                .createAuthorizationQuery()
                .userIdIn(person.id())
                .resourceType(Resources.USER)
                .resourceId(person.id())
                .list()
                .forEach(own -> authorizations.deleteAuthorization(own.getId()));
        memberships(person.id(), administrators.groupsOf(person));
    }

    private void memberships(String person, Set<String> wanted) {
        Set<String> current = identities.createGroupQuery().groupMember(person).unlimitedList().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
        wanted.stream()
                .filter(group -> !current.contains(group))
                .forEach(group -> identities.createMembership(person, group));
        Set<String> left = new HashSet<>(current);
        left.removeAll(wanted);
        left.forEach(group -> identities.deleteMembership(person, group));
    }

    private void provisionAuthorizations() {
        grant(null, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grant(null, Resources.APPLICATION, "welcome", Permissions.ACCESS);
        // Names beside tasks; the engine holds nothing else about a person.
        grant(null, Resources.USER, Authorization.ANY, Permissions.READ);

        // The diagram of the task at hand. The columns of Tasklist's list come from the record (TaskColumns): who may
        // read
        // a model's variables may read those of every instance.
        grant(null, Resources.PROCESS_DEFINITION, FiveStepZeroing.KEY, Permissions.READ);

        String registrars = Role.REGISTRAR.group(null);
        grant(
                registrars,
                Resources.PROCESS_DEFINITION,
                FiveStepZeroing.KEY,
                Permissions.READ,
                Permissions.CREATE_INSTANCE);
        for (String key : List.of(LookBack.KEY, SupervisionTask.KEY, CardReply.KEY)) {
            grant(null, Resources.PROCESS_DEFINITION, key, Permissions.READ);
        }
        provisionRequests();
        provisionSpotChecks();

        String operators = Role.OPERATOR.group(null);
        grant(operators, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        grant(
                operators,
                Resources.PROCESS_DEFINITION,
                Authorization.ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_INSTANCE,
                ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
                ProcessDefinitionPermissions.READ_TASK,
                ProcessDefinitionPermissions.READ_HISTORY,
                ProcessDefinitionPermissions.RETRY_JOB);
        grant(operators, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ);
        grant(operators, Resources.DECISION_REQUIREMENTS_DEFINITION, Authorization.ANY, Permissions.READ);
        grant(operators, Resources.DEPLOYMENT, Authorization.ANY, Permissions.READ);

        for (Resource resource : Resources.values()) {
            grant(Groups.CAMUNDA_ADMIN, resource, Authorization.ANY, Permissions.ALL);
        }
    }

    /** The start event decides who may make a request; this decides to whom Tasklist offers it. */
    private void provisionRequests() {
        for (RequestProcess process : RequestProcess.values()) {
            grant(null, Resources.PROCESS_DEFINITION, process.key(), Permissions.READ);
        }
        for (Role role : List.of(Role.REGISTRAR, Role.REVIEWER)) {
            grantStart(
                    role.group(null),
                    List.of(
                            RequestProcess.WITHDRAWAL.key(),
                            RequestProcess.REOPENING.key(),
                            RequestProcess.TAKING_BACK.key()));
        }
        Set<String> handlers = new TreeSet<>();
        Set<String> leaders = new TreeSet<>();
        organization.units().forEach(unit -> {
            handlers.add(Role.handlersOf(unit.code()));
            leaders.add(Role.leadersOf(unit.code()));
        });
        grantUnits(handlers, leaders);
    }

    private void grantUnits(Set<String> handlers, Set<String> leaders) {
        List<String> ofHandlers = Stream.concat(
                        Stream.of(FastLaneModel.KEY),
                        Arrays.stream(RequestProcess.values())
                                .filter(process -> process != RequestProcess.REOPENING)
                                .map(RequestProcess::key))
                .toList();
        handlers.forEach(group -> grantStart(group, ofHandlers));
        leaders.forEach(
                group -> grantStart(group, List.of(RequestProcess.OBJECTION.key(), RequestProcess.TAKING_BACK.key())));
    }

    private void grantStart(String group, List<String> processKeys) {
        processKeys.forEach(
                key -> grant(group, Resources.PROCESS_DEFINITION, key, Permissions.READ, Permissions.CREATE_INSTANCE));
        grant(group, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE);
    }

    /** Visits are open to those who make them; a unit's people do not see them coming (DOMAIN.md §3). */
    private void provisionSpotChecks() {
        for (Role role : List.of(Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD)) {
            String group = role.group(null);
            grant(
                    group,
                    Resources.PROCESS_DEFINITION,
                    SpotCheckModel.KEY,
                    Permissions.READ,
                    Permissions.CREATE_INSTANCE);
            grant(group, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE);
        }
        grant(Role.VERIFIER.group(null), Resources.PROCESS_DEFINITION, SpotCheckVisitTask.KEY, Permissions.READ);
    }

    private void provisionFilters() {
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
        grant(null, Resources.FILTER, filter.getId(), Permissions.READ);
    }

    private Map<String, String> column(String variable, String labelKey) {
        return Map.of("name", variable, "label", texts.get(labelKey));
    }

    /** @param group the group that gets the permissions, or null for everybody who is signed on */
    private void grant(String group, Resource resource, String resourceId, Permission... permissions) {
        var query =
                authorizations.createAuthorizationQuery().resourceType(resource).resourceId(resourceId);
        query = group == null
                ? query.authorizationType(Authorization.AUTH_TYPE_GLOBAL)
                : query.authorizationType(Authorization.AUTH_TYPE_GRANT).groupIdIn(group);
        Authorization authorization = query.singleResult();
        if (authorization == null) {
            authorization = authorizations.createNewAuthorization(
                    group == null ? Authorization.AUTH_TYPE_GLOBAL : Authorization.AUTH_TYPE_GRANT);
            authorization.setResource(resource);
            authorization.setResourceId(resourceId);
            if (group != null) {
                authorization.setGroupId(group);
            }
        }
        authorization.setPermissions(permissions);
        authorizations.saveAuthorization(authorization);
    }
}
