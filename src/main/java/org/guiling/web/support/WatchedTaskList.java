package org.guiling.web.support;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.guiling.engine.WatchedKind;
import org.guiling.item.todo.WatchedTasks;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Look-backs, visits, decisions on cards and on requests that wait, for those to whom they are reported. Nobody else: a unit
 * is not to know of a visit before it is made (DOMAIN.md §3).
 */
@Component
public class WatchedTaskList {

    private static final Set<Role> READERS = Set.of(Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);

    private final WatchedTasks tasks;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    WatchedTaskList(WatchedTasks tasks, CurrentPerson currentPerson, Clock clock) {
        this.tasks = tasks;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /** The number of waiting tasks of a kind, and of those that are overdue. */
    public record Count(WatchedKind kind, long waiting, long overdue) {}

    /** Number of overdue tasks; empty for those to whom they are not reported. */
    public OptionalLong overdue() {
        return isReader() ? OptionalLong.of(tasks.countOverdue(keys(null), clock.instant())) : OptionalLong.empty();
    }

    /** @throws RefusedException when the person who is signed on is none of the leading group or its supervisors */
    void requireReader() {
        if (!isReader()) {
            throw RefusedException.forbidden("refusal.watched.role");
        }
    }

    private boolean isReader() {
        return READERS.stream().anyMatch(currentPerson.get().allRoles()::contains);
    }

    /** Every kind, also those of which none waits. */
    public List<Count> counts() {
        requireReader();
        Map<String, WatchedTasks.Count> counts = tasks.count(keys(null), clock.instant());
        return Arrays.stream(WatchedKind.values())
                .map(kind -> new Count(
                        kind,
                        kind.taskKeys().stream()
                                .map(counts::get)
                                .mapToLong(count -> count == null ? 0 : count.waiting())
                                .sum(),
                        kind.taskKeys().stream()
                                .map(counts::get)
                                .mapToLong(count -> count == null ? 0 : count.overdue())
                                .sum()))
                .toList();
    }

    /** @param kind null for all */
    public WatchedTasks.Page page(WatchedKind kind, boolean overdue, int offset, int limit) {
        requireReader();
        Instant dueBefore = overdue ? clock.instant() : null;
        return tasks.page(keys(kind), dueBefore, offset, limit);
    }

    private static List<String> keys(WatchedKind kind) {
        return kind != null
                ? kind.taskKeys()
                : Arrays.stream(WatchedKind.values())
                        .flatMap(each -> each.taskKeys().stream())
                        .toList();
    }
}
