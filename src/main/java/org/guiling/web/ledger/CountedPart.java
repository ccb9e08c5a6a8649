package org.guiling.web.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.guiling.engine.provisioning.GroupNames;
import org.guiling.ledger.search.Counted;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Converts what a number of the board counts into parameters of the ledger's address, and describes it there. */
@Component
class CountedPart {

    private final Organization organization;
    private final GroupNames groupNames;
    private final Texts texts;

    CountedPart(Organization organization, GroupNames groupNames, Texts texts) {
        this.organization = organization;
        this.groupNames = groupNames;
        this.texts = texts;
    }

    /** Parameters of an address, without those that are not asked for. */
    static Map<String, String> parameters(Counted counted) {
        return LedgerFilter.counting(null, counted).values();
    }

    /** Describes what is counted, condition by condition. */
    List<String> words(Counted counted) {
        Map<String, String> asked = parameters(counted);
        List<String> words = new ArrayList<>();
        if (counted == null) {
            return words;
        }
        if (asked.containsKey("counted.set")) {
            words.add(texts.label(counted.set()));
        }
        if (asked.containsKey("counted.unit")) {
            words.add(texts.get("counted.unit", organization.unitName(counted.unit())));
        }
        add(words, asked, "counted.campaign");
        add(words, asked, "counted.principal");
        addPeriod(words, "counted.registered", counted.registeredFrom(), counted.registeredTo());
        add(words, asked, "counted.openOn");
        add(words, asked, "counted.plannedOn");
        if (counted.turn() != null) {
            addPeriod(words, "counted.turn." + counted.turn(), counted.turnFrom(), counted.turnTo());
        }
        add(words, asked, "counted.noProgressSince");
        if (asked.containsKey("counted.waitingAt")) {
            words.add(texts.get("counted.waitingAt", task(counted.waitingAt())));
        }
        if (asked.containsKey("counted.waitingFor")) {
            words.add(texts.get(
                    "counted.waitingFor", groupNames.all().getOrDefault(counted.waitingFor(), counted.waitingFor())));
        }
        return words;
    }

    private void add(List<String> words, Map<String, String> asked, String name) {
        if (asked.containsKey(name)) {
            words.add(texts.get(name, asked.get(name)));
        }
    }

    private void addPeriod(List<String> words, String key, LocalDate from, LocalDate to) {
        if (from != null || to != null) {
            words.add(texts.get(key, from == null ? "…" : from.toString(), to == null ? "…" : to.toString()));
        }
    }

    /** A key that is none of ours finds nothing, and is shown as it came. */
    private String task(String key) {
        return TaskContract.of(key)
                .map(contract -> texts.label((Enum<?>) contract))
                .orElse(key);
    }
}
