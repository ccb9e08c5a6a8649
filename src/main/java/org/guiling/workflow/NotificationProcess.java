package org.guiling.workflow;

import java.util.Set;

/** The contract of {@code notification.bpmn} (通知送达): one instance for each delivery, whose id is the business key. */
public final class NotificationProcess {

    public static final String KEY = "notification";

    public static final class Variables {
        /**
         * The time from which the delivery may go; null for at once. Transient: the timer that reads it keeps the date.
         */
        public static final String NOT_BEFORE = "notBefore";

        private Variables() {}
    }

    public static final String NOTICE_WRITTEN = "notice-written";
    public static final String TIME_TO_WAIT = "time-to-wait";
    public static final String AWAIT_SENDING_TIME = "await-sending-time";

    /** The service task whose job waits, fails, and is tried again. */
    public static final String DELIVER_NOTICE = "deliver-notice";

    public static final String NOTICE_DELIVERED = "notice-delivered";

    public static final Set<String> ELEMENTS =
            Set.of(NOTICE_WRITTEN, TIME_TO_WAIT, AWAIT_SENDING_TIME, DELIVER_NOTICE, NOTICE_DELIVERED);

    private NotificationProcess() {}
}
