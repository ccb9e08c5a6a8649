package org.guiling.engine.notification;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.notification.DeliveryProcess;
import org.guiling.workflow.NotificationProcess;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has the engine carry deliveries: an instance of {@code notification.bpmn} each. */
@Component
class DeliveryInstances implements DeliveryProcess {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final Clock clock;

    DeliveryInstances(@Lazy RuntimeService runtime, @Lazy ManagementService management, Clock clock) {
        this.runtime = runtime;
        this.management = management;
        this.clock = clock;
    }

    @Override
    public void start(long deliveryId, Instant notBefore) {
        Date date = notBefore == null ? null : Date.from(notBefore);
        runtime.startProcessInstanceByKey(
                NotificationProcess.KEY,
                Long.toString(deliveryId),
                Map.of(NotificationProcess.Variables.NOT_BEFORE, Variables.untypedValue(date, true)));
    }

    /** Those that wait for their next attempt as well: whoever mended the channel need not wait for two hours. */
    @Override
    @Transactional
    public int retryFailed() {
        List<String> failed = management
                .createJobQuery()
                .processDefinitionKey(NotificationProcess.KEY)
                .activityId(NotificationProcess.DELIVER_NOTICE)
                .withException()
                .unlimitedList()
                .stream()
                .map(Job::getId)
                .toList();
        if (!failed.isEmpty()) {
            management
                    .setJobRetries(RetryPolicies.OUTSIDE_WORLD_ATTEMPTS)
                    .jobIds(failed)
                    .dueDate(Date.from(clock.instant()))
                    .execute();
        }
        return failed.size();
    }
}
