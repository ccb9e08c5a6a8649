package org.guiling.engine.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many questions to a decision table in few lines: sets of values whose every combination is one of them. */
final class RuleQuestions {

    private RuleQuestions() {}

    /**
     * Summarizes questions by the values of their inputs.
     *
     * @param questions with the same first input, each once
     * @param all that the table is asked, with the same first input among them
     * @return the values by input; an input that makes no difference is missing
     */
    static List<Map<String, List<Object>>> abouts(
            RuleTable table, List<Map<String, Object>> questions, Collection<Map<String, Object>> all) {
        List<String> inputs = table.inputs().stream().map(RuleColumn::name).toList();
        Object first = questions.get(0).get(inputs.get(0));
        Map<String, Set<Object>> possible = new LinkedHashMap<>();
        all.stream()
                .filter(question -> first.equals(question.get(inputs.get(0))))
                .forEach(question ->
                        inputs.forEach(input -> possible.computeIfAbsent(input, key -> new LinkedHashSet<>())
                                .add(question.get(input))));
        Set<List<Object>> values = new LinkedHashSet<>();
        questions.forEach(question -> values.add(
                inputs.stream().<Object>map(question::get).collect(ArrayList::new, List::add, List::addAll)));
        return boxes(values).stream().map(box -> about(inputs, box, possible)).toList();
    }

    private static Map<String, List<Object>> about(
            List<String> inputs, List<Set<Object>> box, Map<String, Set<Object>> possible) {
        Map<String, List<Object>> about = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (i == 0 || !box.get(i).equals(possible.get(inputs.get(i)))) {
                about.put(inputs.get(i), new ArrayList<>(box.get(i)));
            }
        }
        return about;
    }

    /** Values of the first place that the same values of the other places follow are in the same sets. */
    private static List<List<Set<Object>>> boxes(Set<List<Object>> values) {
        if (values.iterator().next().isEmpty()) {
            return List.of(List.of());
        }
        Map<Object, Set<List<Object>>> following = new LinkedHashMap<>();
        values.forEach(value -> following
                .computeIfAbsent(value.get(0), key -> new LinkedHashSet<>())
                .add(value.subList(1, value.size())));
        Map<Set<List<Object>>, Set<Object>> alike = new LinkedHashMap<>();
        following.forEach((value, others) ->
                alike.computeIfAbsent(others, key -> new LinkedHashSet<>()).add(value));
        List<List<Set<Object>>> boxes = new ArrayList<>();
        alike.forEach((others, firsts) -> boxes(others).forEach(rest -> {
            List<Set<Object>> box = new ArrayList<>(List.of(firsts));
            box.addAll(rest);
            boxes.add(box);
        }));
        return boxes;
    }
}
