package org.guiling.engine.property;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.guiling.engine.Samples;
import org.guiling.organization.Person;

/**
 * The state of an item when somebody is to make a move.
 *
 * @param others the numbers of the other items of the sequence
 * @param done the ids of tasks that were completed before
 */
record Situation(Desk desk, ItemState item, List<String> others, List<String> done, Choice choice) {

    /** Units that have somebody to claim. */
    private static final List<String> UNITS = List.of(Samples.CITY_UNIT, "jiaqiao-town", Samples.VILLAGE_UNIT);

    LocalDate today() {
        return LocalDate.now(desk.clock());
    }

    int variant() {
        return choice.variant();
    }

    /**
     * The person who makes the move.
     *
     * @param right whose turn it is
     */
    Optional<Person> person(Predicate<Person> right) {
        Desk.Staff staff = desk.staff();
        List<Person> people =
                switch (choice.who()) {
                    case RIGHT -> staff.all().stream().filter(right).toList();
                    case INVOLVED ->
                        item.timeline().stream()
                                .map(ItemState.Line::actor)
                                .filter(Objects::nonNull)
                                .distinct()
                                .map(staff::person)
                                .toList();
                    case VERSATILE -> staff.versatile();
                    case ANYBODY -> staff.all();
                };
        return people.isEmpty() ? Optional.empty() : Optional.of(Choice.pick(people, choice.person()));
    }

    /** The facts of a registration: of every level, of a village or not, with a date of the source or without. */
    Map<String, Object> registration() {
        return registration(today(), variant());
    }

    static Map<String, Object> registration(LocalDate today, int variant) {
        Map<String, Object> facts = new HashMap<>(Samples.registration(today));
        facts.put("level", Choice.pick(List.of("1", "1", "2", "1", "3", "4"), variant));
        facts.put("leadUnit", Choice.pick(UNITS, variant / 2));
        facts.put("sourceType", variant % 5 == 1 ? "PETITION" : "AUDIT");
        if (variant % 4 == 1) {
            facts.put("originalDue", today.plusDays(variant % 8 == 1 ? 5 : 40).toString());
            facts.put("dueBasis", "测试〔2081〕1号");
        }
        return facts;
    }

    /** Something small that the person's unit found; of a source that is open to it, or not. */
    Map<String, Object> fastLane(Person person) {
        Map<String, Object> filing =
                Samples.fastLane(today(), today().plusDays(Choice.pick(List.of(2, 4, 9), variant())));
        filing.put("handler", person.id());
        filing.put("sourceType", Choice.pick(List.of("SELF", "MASS", "PETITION"), variant() / 3));
        return filing;
    }

    /** One part for a unit below, due before the whole or not. */
    Map<String, Object> split() {
        LocalDate due = item.currentDue() == null ? daysAhead() : item.currentDue();
        Map<String, Object> parts = Samples.onePart(variant() % 5 == 4 ? due.plusDays(1) : due);
        parts.put("part1Unit", item.leadUnit().equals(Samples.CITY_UNIT) ? "jiaqiao-town" : Samples.VILLAGE_UNIT);
        return parts;
    }

    /** The claim for the unit, naming one of its handlers. */
    Map<String, Object> claim() {
        List<Person> handlers = desk.staff().handlersOf(item.leadUnit());
        return Samples.claim(Choice.pick(handlers, choice.person()).id());
    }

    String anotherUnit() {
        return Choice.pick(
                UNITS.stream().filter(unit -> !unit.equals(item.leadUnit())).toList(), variant());
    }

    Map<String, Object> plan() {
        Map<String, Object> plan = Samples.plan(today());
        plan.put(
                "plannedDue",
                Samples.workingDayFrom(today().plusDays(Choice.pick(List.of(30, 24, 45), variant())))
                        .toString());
        LocalDate fixed = item.originalDue();
        if (fixed != null && fixed.isBefore(today().plusDays(20))) {
            String due = (fixed.isBefore(today()) ? today() : fixed).toString();
            plan.put("measure1Due", due);
            plan.put("measure2Due", due);
        }
        plan.put("funds", "二十万元");
        plan.put("emergencyPlan", "先行围挡并设警示灯。");
        return plan;
    }

    Map<String, Object> verification(String result) {
        Map<String, Object> finding = result.equals("PASS")
                ? Samples.verification(today())
                : Samples.failedVerification(today(), "第二处井盖未按方案更换");
        finding.put("decision", result);
        finding.put("callBack", "SATISFIED");
        return finding;
    }

    /** Some days from now, a few or many. */
    LocalDate daysAhead() {
        return today().plusDays(Choice.pick(List.of(10, 3, 25, 60), variant()));
    }
}
