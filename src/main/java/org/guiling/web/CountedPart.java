package org.guiling.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.ledger.Counted;
import org.guiling.organization.Organization;
import org.guiling.organization.Unit;
import org.guiling.process.GroupNames;
import org.guiling.process.TaskContract;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** How the ledger's address carries what a number of the board counts, and how the ledger's page says it. */
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
    static Map<String, Object> parameters(Counted counted) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (counted == null) {
            return all;
        }
        all.put("counted.set", counted.set());
        all.put("counted.unit", counted.unit());
        all.put("counted.campaign", counted.campaign());
        all.put("counted.principal", counted.principal());
        all.put("counted.registeredFrom", counted.registeredFrom());
        all.put("counted.registeredTo", counted.registeredTo());
        all.put("counted.openOn", counted.openOn());
        all.put("counted.plannedOn", counted.plannedOn());
        all.put("counted.turn", counted.turn());
        all.put("counted.turnFrom", counted.turnFrom());
        all.put("counted.turnTo", counted.turnTo());
        all.put("counted.noProgressSince", counted.noProgressSince());
        all.put("counted.waitingAt", counted.waitingAt());
        all.put("counted.waitingFor", counted.waitingFor());
        all.values().removeIf(value -> value == null || value.toString().isBlank());
        return all;
    }

    /** What is counted, condition by condition, in words. */
    List<String> words(Counted counted) {
        Map<String, Object> asked = parameters(counted);
        List<String> words = new ArrayList<>();
        if (counted == null) {
            return words;
        }
        if (asked.containsKey("counted.set")) {
            words.add(texts.label(counted.set()));
        }
        if (asked.containsKey("counted.unit")) {
            words.add(texts.get("counted.unit", unit(counted.unit())));
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

    private void add(List<String> words, Map<String, Object> asked, String name) {
        if (asked.containsKey(name)) {
            words.add(texts.get(name, asked.get(name).toString()));
        }
    }

    private void addPeriod(List<String> words, String key, LocalDate from, LocalDate to) {
        if (from != null || to != null) {
            words.add(texts.get(key, from == null ? "…" : from.toString(), to == null ? "…" : to.toString()));
        }
    }

    private String unit(String code) {
        return organization.unit(code).map(Unit::name).orElse(code);
    }

    /** A key that is none of ours finds nothing, and is shown as it came. */
    private String task(String key) {
        return TaskContract.of(key)
                .map(contract -> texts.label((Enum<?>) contract))
                .orElse(key);
    }
}
