package org.guiling.engine.provisioning;

import java.util.Map;
import java.util.TreeMap;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Display names of the engine's groups: those of a role, and those of a unit's handlers and leaders. */
@Component
public class GroupNames {

    private final Organization organization;
    private final Texts texts;

    GroupNames(Organization organization, Texts texts) {
        this.organization = organization;
        this.texts = texts;
    }

    /** The name of each group of today's organization, by the group's id. */
    public Map<String, String> all() {
        Map<String, String> names = new TreeMap<>();
        for (Role role : Role.values()) {
            if (role != Role.HANDLER && role != Role.UNIT_LEADER) {
                names.put(role.group(null), texts.label(role));
            }
        }
        for (Unit unit : organization.units()) {
            names.put(Role.handlersOf(unit.code()), texts.get("group.handlers", unit.name()));
            names.put(Role.leadersOf(unit.code()), texts.get("group.leaders", unit.name()));
        }
        return names;
    }
}
