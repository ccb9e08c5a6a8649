package org.guiling.engine.provisioning;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.guiling.engine.webapp.EngineAdministrators;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonChanged;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.UnitChanged;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.text.Texts;
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
    private final EngineAuthorizations authorizations;
    private final TasklistFilters filters;
    private final Organization organization;
    private final Substitutions substitutions;
    private final EngineAdministrators administrators;
    private final GroupNames groupNames;
    private final Texts texts;

    /** False until the first start has provisioned everything: earlier changes are covered by it. */
    private volatile boolean inLine;

    EngineProvisioning(
            IdentityService identities,
            EngineAuthorizations authorizations,
            TasklistFilters filters,
            Organization organization,
            Substitutions substitutions,
            EngineAdministrators administrators,
            GroupNames groupNames,
            Texts texts) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.filters = filters;
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
        authorizations.provision();
        filters.provision();
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
            authorizations.grantUnits(Set.of(Role.handlersOf(unit.code())), Set.of(Role.leadersOf(unit.code())));
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
        authorizations.revoke(group);
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
        authorizations.revokeOwn(person);
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
}
