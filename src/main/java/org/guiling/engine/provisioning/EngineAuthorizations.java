package org.guiling.engine.provisioning;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.springframework.stereotype.Component;

/** Grants what people may read and start at the engine; what an administrator adds by hand stays. */
@Component
class EngineAuthorizations {

    private final AuthorizationService authorizations;
    private final Organization organization;

    EngineAuthorizations(AuthorizationService authorizations, Organization organization) {
        this.authorizations = authorizations;
        this.organization = organization;
    }

    /** Grants what everybody, each role and each unit may do. */
    void provision() {
        grant(null, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grant(null, Resources.APPLICATION, "welcome", Permissions.ACCESS);
        // Names beside tasks; the engine holds nothing else about a person.
        grant(null, Resources.USER, Authorization.ANY, Permissions.READ);

        // The diagram of the task at hand. The columns of Tasklist's list come from the record (TaskColumns): who may
        // read a model's variables may read those of every instance.
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

    /** Has Tasklist offer units the requests that they may make. */
    void grantUnits(Set<String> handlers, Set<String> leaders) {
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

    /** Takes everything from a group that is no more. */
    void revoke(String group) {
        authorizations
                .createAuthorizationQuery()
                .groupIdIn(group)
                .list()
                .forEach(grant -> authorizations.deleteAuthorization(grant.getId()));
    }

    /** The engine lets a new user rename or delete themselves; people are kept in the organization alone. */
    void revokeOwn(Person person) {
        authorizations
                .createAuthorizationQuery()
                .userIdIn(person.id())
                .resourceType(Resources.USER)
                .resourceId(person.id())
                .list()
                .forEach(own -> authorizations.deleteAuthorization(own.getId()));
    }

    /** @param group the group that gets the permissions, or null for everybody who is signed on */
    void grant(String group, Resource resource, String resourceId, Permission... permissions) {
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
