package org.guiling.web.support;

import java.time.Instant;
import java.util.Locale;
import org.guiling.customization.OfficeFile;
import org.guiling.customization.OfficeVersion;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Names people and moments for templates: 关管理 于 2026-11-27 10:20. */
@Component
public class Makers {

    private final Organization organization;
    private final Texts texts;

    Makers(Organization organization, Texts texts) {
        this.organization = organization;
        this.texts = texts;
    }

    /** Also of people who have left. */
    public String name(String personId) {
        return organization.personName(personId);
    }

    public String at(Instant moment) {
        return texts.minute(moment);
    }

    /** Origin of what is in force: 本单位第 2 版，关管理 于 2026-11-27 10:20 启用. */
    public String origin(OfficeFile<?> file) {
        return file.origin() == OfficeFile.Origin.OFFICE
                ? origin(file.history().get(0))
                : texts.get("rules.origin." + file.origin().name().toLowerCase(Locale.ROOT));
    }

    public String origin(OfficeVersion version) {
        return texts.get("rules.origin.office", version.version(), line(version.madeBy(), version.madeAt()));
    }

    public String line(String personId, Instant moment) {
        return texts.get("rules.by", name(personId), at(moment));
    }
}
