package org.guiling.audit;

import org.guiling.time.OfficeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks every hour whether the day's anchor is there, so that a machine that is off at night has one as well. */
@Component
class AnchorSchedule {

    private static final Logger log = LoggerFactory.getLogger(AnchorSchedule.class);

    private final Anchors anchors;

    AnchorSchedule(Anchors anchors) {
        this.anchors = anchors;
    }

    @Scheduled(cron = "${guiling.audit.anchor-check}", zone = OfficeClock.ZONE_ID)
    void anchor() {
        anchors.takeIfDue()
                .ifPresent(anchor ->
                        log.info("Anchor of {}: {} ({} heads moved)", anchor.day(), anchor.digest(), anchor.heads()));
    }
}
