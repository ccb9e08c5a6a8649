package org.guiling.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;

/** Kinds of tasks beside the five steps, and of those that nobody but superiors sees waiting. */
public enum WatchedKind {
    /** 回头看 */
    LOOK_BACK(LookBack.values()),
    /** 实地抽查 */
    SPOT_CHECK_VISIT(SpotCheckVisitTask.values()),
    /** 发牌决定 */
    CARD_DECISION(SupervisionTask.DECIDE_ON_CARD),
    /** 督办回复 */
    CARD_REPLY(CardReply.ANSWER_CARD),
    /** 申请审批: also the ruling on an objection, and not the resumption, which nobody has to do. */
    REQUEST(Arrays.stream(RequestTask.values())
            .filter(task -> task != RequestTask.RESUME_ITEM)
            .toArray(TaskContract[]::new));

    private final List<String> taskKeys;

    WatchedKind(TaskContract... tasks) {
        this.taskKeys = Stream.of(tasks).map(TaskContract::id).toList();
    }

    /** The ids of its tasks in the models. */
    public List<String> taskKeys() {
        return taskKeys;
    }

    /** The kind of a task; empty for a task of the five steps. */
    public static Optional<WatchedKind> of(String taskKey) {
        return Arrays.stream(values())
                .filter(kind -> kind.taskKeys.contains(taskKey))
                .findFirst();
    }
}
