package org.guiling.engine.guard;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;

/** Whose a task is before somebody claims it. */
final class TaskCandidates {

    private TaskCandidates() {}

    /** The group; where the leaders of the unit may do it as well, its handlers', whose name is the shorter. */
    static String group(DelegateTask task) {
        return groups(task).stream().sorted().findFirst().orElse(null);
    }

    static Set<String> groups(DelegateTask task) {
        return task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
