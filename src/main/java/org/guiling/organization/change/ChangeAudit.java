package org.guiling.organization.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.AddressesChanged;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.PersonChanged;
import org.guiling.organization.Unit;
import org.guiling.organization.UnitChanged;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.SubstitutionChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes down who may do what from now on, and where a unit stands, within the change's own transaction. The detail
 * {@code changes} has each aspect that differs, {@code from} and {@code to}; of addresses only which, because what they
 * were has to be forgotten with the person.
 */
@Component
class ChangeAudit {

    private static final Map<String, Function<Unit, Object>> OF_UNITS = new LinkedHashMap<>();
    private static final Map<String, Function<Person, Object>> OF_PEOPLE = new LinkedHashMap<>();

    static {
        OF_UNITS.put("name", Unit::name);
        OF_UNITS.put("parent", Unit::parentCode);
        OF_UNITS.put("closedOn", Unit::closedOn);
        OF_PEOPLE.put("name", Person::name);
        OF_PEOPLE.put("unit", Person::unitCode);
        OF_PEOPLE.put("roles", Person::roles);
        OF_PEOPLE.put("posts", Person::furtherPosts);
        OF_PEOPLE.put(
                "absentees",
                person -> person.absentees().stream().map(Person::id).toList());
    }

    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;

    ChangeAudit(AuditTrail auditTrail, CurrentPerson currentPerson) {
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
    }

    @EventListener
    void on(UnitChanged change) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("before", text(change.before()));
        details.put("after", text(change.after()));
        details.put("changes", changes(OF_UNITS, change.before(), change.after()));
        record(ChangedThing.UNIT, change.after().code(), details);
    }

    @EventListener
    void on(PersonChanged change) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("before", text(change.before()));
        details.put("after", text(change.after()));
        details.put("changes", changes(OF_PEOPLE, change.before(), change.after()));
        record(ChangedThing.PERSON, change.id(), details);
    }

    @EventListener
    void on(AddressesChanged change) {
        List<String> which = new ArrayList<>();
        if (!Objects.equals(change.before().email(), change.after().email())) {
            which.add("email");
        }
        if (!Objects.equals(change.before().wecomUserId(), change.after().wecomUserId())) {
            which.add("wecomUserId");
        }
        if (!Objects.equals(change.before().dingtalkUserId(), change.after().dingtalkUserId())) {
            which.add("dingtalkUserId");
        }
        record(ChangedThing.PERSON, change.personId(), new LinkedHashMap<>(Map.of("addresses", which)));
    }

    @EventListener
    void on(SubstitutionChanged change) {
        Substitution substitution = change.substitution();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("substitute", substitution.substitute());
        details.put("from", substitution.from());
        details.put("until", substitution.until());
        details.put("state", substitution.state());
        record(ChangedThing.SUBSTITUTION, substitution.absent(), details);
    }

    private void record(ChangedThing thing, String subject, Map<String, Object> details) {
        details.put(ChangedThing.DETAIL, thing);
        auditTrail.record(
                AuditEventKind.PERMISSION_CHANGED,
                currentPerson.find().map(Person::id).orElse(null),
                subject,
                details);
    }

    /** Empty where somebody leaves: that is no change of theirs but their end. */
    private static <T> Map<String, Object> changes(Map<String, Function<T, Object>> aspects, T before, T after) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (after != null) {
            aspects.forEach((name, aspect) -> {
                Object from = before == null ? null : aspect.apply(before);
                Object to = aspect.apply(after);
                if (!Objects.equals(from, to)) {
                    Map<String, Object> change = new LinkedHashMap<>();
                    change.put("from", from);
                    change.put("to", to);
                    changes.put(name, change);
                }
            });
        }
        return changes;
    }

    private static String text(Unit unit) {
        return unit == null
                ? null
                : unit.name() + " < " + unit.parentCode() + (unit.isOpen() ? "" : " † " + unit.closedOn());
    }

    private static String text(Person person) {
        return person == null
                ? null
                : String.join(" ", person.groups())
                        + (person.absentees().isEmpty()
                                ? ""
                                : " ← "
                                        + String.join(
                                                " ",
                                                person.absentees().stream()
                                                        .map(Person::id)
                                                        .toList()));
    }
}
