package org.guiling.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contracts of all models, listed once. */
final class TaskContracts {

    static final List<TaskContract> ALL = Stream.<TaskContract[]>of(
                    FiveStepZeroing.UserTask.values(),
                    RequestTask.values(),
                    SupervisionTask.values(),
                    SpotCheckVisitTask.values(),
                    CardReply.values(),
                    LookBack.values())
            .flatMap(Arrays::stream)
            .toList();

    static final Map<String, TaskContract> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(TaskContract::id, Function.identity()));

    private TaskContracts() {}
}
