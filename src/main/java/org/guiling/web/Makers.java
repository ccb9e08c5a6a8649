package org.guiling.web;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Who did something when, in words: 关管理 于 2026-11-27 10:20. */
@Component
class Makers {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Organization organization;
    private final Texts texts;
    private final Clock clock;

    Makers(Organization organization, Texts texts, Clock clock) {
        this.organization = organization;
        this.texts = texts;
        this.clock = clock;
    }

    /** Also of people who have left. */
    public String name(String personId) {
        return organization
                .registered(personId)
                .map(registered -> registered.person().name())
                .orElse(personId);
    }

    public String at(Instant moment) {
        return MINUTE.format(moment.atZone(clock.getZone()));
    }

    public String line(String personId, Instant moment) {
        return texts.get("rules.by", name(personId), at(moment));
    }
}
