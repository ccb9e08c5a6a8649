package org.guiling.engine.webapp;

import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.authorization.Groups;
import org.guiling.organization.Person;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The administrators of the engine itself: Cockpit and Admin in full. Named by whoever runs the server, not by a role
 * that somebody in the organization could give.
 *
 * @param administrators ids of accounts; nobody by default
 */
@ConfigurationProperties("guiling.engine")
public record EngineAdministrators(@DefaultValue Set<String> administrators) {

    /** The engine's groups of a person, the administrators' included. */
    public Set<String> groupsOf(Person person) {
        Set<String> groups = new TreeSet<>(person.groups());
        if (administrators.contains(person.id())) {
            groups.add(Groups.CAMUNDA_ADMIN);
        }
        return groups;
    }
}
