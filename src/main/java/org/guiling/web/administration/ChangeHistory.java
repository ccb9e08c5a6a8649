package org.guiling.web.administration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.Organization;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.change.ChangedThing;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Component;

/** The history of one unit, person or account (变动记录): its audit trail in words, the newest first. */
@Component
class ChangeHistory {

    private static final Set<AuditEventKind> CHANGES = Set.of(AuditEventKind.PERMISSION_CHANGED);
    /** The decisions of an administrator about an account; sign-ons are not among them. */
    private static final Set<AuditEventKind> OF_ACCOUNTS = Set.of(
            AuditEventKind.ACCOUNT_LOCKED,
            AuditEventKind.ACCOUNT_UNLOCKED,
            AuditEventKind.PASSWORD_CHANGED,
            AuditEventKind.SECOND_FACTOR_CHANGED,
            AuditEventKind.TOKEN_ISSUED,
            AuditEventKind.TOKEN_REVOKED);
    /** In the order in which they are told. */
    private static final List<String> ASPECTS =
            List.of("name", "unit", "parent", "roles", "posts", "absentees", "closedOn");

    private final AuditTrail trail;
    private final Organization organization;
    private final OrganizationView view;
    private final Paging paging;
    private final Texts texts;

    ChangeHistory(AuditTrail trail, Organization organization, OrganizationView view, Paging paging, Texts texts) {
        this.trail = trail;
        this.organization = organization;
        this.view = view;
        this.paging = paging;
        this.texts = texts;
    }

    /** @param who a name, or that the system did it */
    record Line(String when, String who, List<String> what) {}

    Paged<Line> ofUnit(String code) {
        return page(CHANGES, code, about(ChangedThing.UNIT));
    }

    Paged<Line> ofPerson(String id) {
        return page(CHANGES, id, about(ChangedThing.PERSON));
    }

    Paged<Line> ofSubstitutions() {
        return page(CHANGES, null, about(ChangedThing.SUBSTITUTION));
    }

    Paged<Line> ofAccount(String id) {
        return page(OF_ACCOUNTS, id, null);
    }

    private Paged<Line> page(Set<AuditEventKind> kinds, String subject, Map.Entry<String, String> detail) {
        return paging.read(
                trail.count(kinds, subject, detail),
                "changes",
                (offset, limit) -> lines(trail.newest(kinds, subject, detail, offset, limit)));
    }

    private static Map.Entry<String, String> about(ChangedThing thing) {
        return Map.entry(ChangedThing.DETAIL, thing.name());
    }

    private List<Line> lines(List<AuditEvent> events) {
        return events.stream()
                .map(event -> new Line(
                        texts.minute(event.at()),
                        event.actor() == null ? texts.get("history.system") : organization.personName(event.actor()),
                        what(event)))
                .toList();
    }

    private List<String> what(AuditEvent event) {
        Map<String, Object> details = event.details();
        if (event.kind() == AuditEventKind.SECOND_FACTOR_CHANGED) {
            return List.of(texts.get("factor.what." + details.get("what")));
        }
        if (event.kind() != AuditEventKind.PERMISSION_CHANGED) {
            return List.of(texts.get("history." + event.kind(), text(details.get("name"))));
        }
        if (details.get("substitute") != null) {
            return List.of(texts.get(
                    "history.substitution." + details.get("state"),
                    organization.personName(text(details.get("substitute"))),
                    organization.personName(event.subject()),
                    details.get("from"),
                    details.get("until")));
        }
        if (details.get("addresses") instanceof Collection<?> which) {
            return List.of(texts.get(
                    "history.addresses",
                    joined(which.stream()
                            .map(each -> texts.get("administration." + each))
                            .toList())));
        }
        if (details.get("after") == null) {
            return List.of(texts.get("history.left"));
        }
        if (details.get("changes") instanceof Map<?, ?> changes) {
            return aspects(changes, details.get("before") == null);
        }
        // As it was written before it was told by aspects.
        return List.of(change(text(details.get("before")), text(details.get("after"))));
    }

    private List<String> aspects(Map<?, ?> changes, boolean isNew) {
        List<String> what = new ArrayList<>();
        if (isNew) {
            what.add(texts.get("history.new"));
        }
        for (String aspect : ASPECTS) {
            if (changes.get(aspect) instanceof Map<?, ?> change) {
                String to = value(aspect, change.get("to"));
                String said = isNew ? to : change(value(aspect, change.get("from")), to);
                if (!isNew || !to.isEmpty()) {
                    what.add(texts.get("history.aspect", texts.get("history.aspect." + aspect), said));
                }
            }
        }
        return what;
    }

    private String change(String from, String to) {
        String nothing = texts.get("history.nothing");
        return texts.get("history.change", from.isEmpty() ? nothing : from, to.isEmpty() ? nothing : to);
    }

    private String value(String aspect, Object value) {
        if (value == null) {
            return "";
        }
        return switch (aspect) {
            case "unit", "parent" -> organization.unitName(text(value));
            case "roles" -> view.roles(roles(value));
            case "posts" ->
                joined(list(value).stream()
                        .map(post -> (Map<?, ?>) post)
                        .map(post -> view.post(new Post(text(post.get("unitCode")), roles(post.get("roles")))))
                        .toList());
            case "absentees" ->
                joined(list(value).stream()
                        .map(id -> organization.personName(text(id)))
                        .toList());
            default -> text(value);
        };
    }

    private static Set<Role> roles(Object names) {
        return list(names).stream()
                .map(name -> Role.valueOf(text(name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Collection<?> list(Object value) {
        return (Collection<?>) value;
    }

    private String joined(Collection<String> words) {
        return String.join(texts.get("list.separator"), words);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
