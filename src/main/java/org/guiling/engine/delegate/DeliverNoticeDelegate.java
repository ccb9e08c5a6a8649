package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.notification.Deliverer;
import org.springframework.stereotype.Component;

/** Service task 送达通知: sends a delivery. Run twice, it sends once. */
@Component("deliverNoticeDelegate")
class DeliverNoticeDelegate implements JavaDelegate {

    private final Deliverer deliverer;

    DeliverNoticeDelegate(Deliverer deliverer) {
        this.deliverer = deliverer;
    }

    /** @throws org.guiling.notification.UndeliverableException when the channel does not take it: the engine tries again */
    @Override
    public void execute(DelegateExecution execution) {
        deliverer.deliver(Long.parseLong(execution.getProcessBusinessKey()));
    }
}
