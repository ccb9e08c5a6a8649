package org.guiling.engine.decision;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.guiling.engine.decision.RuleTables.Change;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;

/** The answers of a table's file to everything that the product asks it: what is wrong with them, and what they change. */
final class TableAnswers {

    private final RuleTable table;
    private final Map<Map<String, Object>, Answer> byQuestion;

    private TableAnswers(RuleTable table, Map<Map<String, Object>, Answer> byQuestion) {
        this.table = table;
        this.byQuestion = byQuestion;
    }

    /** @param fault null where the rows can be used */
    private record Answer(List<Map<String, Object>> rows, String fault) {}

    /**
     * Questions that are alike are asked once: the engine takes its time.
     *
     * @throws RefusedException when all of them together take longer
     */
    static TableAnswers of(RuleTable table, RuleTableFile file, Duration longest) {
        long begun = System.nanoTime();
        Map<Object, Optional<List<Map<String, Object>>>> asked = new HashMap<>();
        Map<Map<String, Object>, Answer> answers = new LinkedHashMap<>();
        for (Map<String, Object> question : table.contract().questions()) {
            if (System.nanoTime() - begun > longest.toNanos()) {
                throw RefusedException.invalid("file", "rules.decision.slow", longest.toSeconds());
            }
            Optional<List<Map<String, Object>>> rows =
                    asked.computeIfAbsent(file.likeness(question), likeness -> ask(file, question));
            answers.put(
                    question,
                    rows.map(found -> new Answer(
                                    found,
                                    table.contract().fault(question, found).orElse(null)))
                            .orElseGet(() -> new Answer(List.of(), "rules.decision.fails")));
        }
        return new TableAnswers(table, answers);
    }

    /** Empty when the table cannot answer. */
    private static Optional<List<Map<String, Object>>> ask(RuleTableFile file, Map<String, Object> question) {
        try {
            return Optional.of(file.answer(question));
        } catch (DmnEngineException e) {
            return Optional.empty();
        }
    }

    /** The problems of the answers, in few words for many questions; empty where all can be used. */
    List<Problem> faults(RuleWords words) {
        String first = table.inputs().get(0).name();
        Map<Fault, List<Map<String, Object>>> faulty = byQuestion.entrySet().stream()
                .filter(answer -> answer.getValue().fault() != null)
                .collect(Collectors.groupingBy(
                        answer -> new Fault(
                                answer.getKey().get(first), answer.getValue().fault()),
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return faulty.entrySet().stream()
                .flatMap(fault -> RuleQuestions.abouts(table, fault.getValue(), byQuestion.keySet()).stream()
                        .map(about -> words.problem(table, about, fault.getKey().code())))
                .toList();
    }

    /** @param code of a text */
    private record Fault(Object first, String code) {}

    /** @param before and after of one question */
    private record Turn(Object first, List<Map<String, Object>> before, List<Map<String, Object>> after) {}

    /** @param before of the file in force; empty where it does not keep to the contract */
    List<Change> changesSince(Optional<TableAnswers> before) {
        Map<Map<String, Object>, Answer> former =
                before.map(answers -> answers.byQuestion).orElse(Map.of());
        String first = table.inputs().get(0).name();
        Map<Turn, List<Map<String, Object>>> turns = byQuestion.keySet().stream()
                .filter(question -> !rows(former, question).equals(rows(byQuestion, question)))
                .collect(Collectors.groupingBy(
                        question -> turn(question.get(first), rows(former, question), rows(byQuestion, question)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return turns.entrySet().stream()
                .flatMap(turn -> RuleQuestions.abouts(table, turn.getValue(), byQuestion.keySet()).stream()
                        .map(about -> new Change(
                                about, turn.getKey().before(), turn.getKey().after())))
                .toList();
    }

    private static List<Map<String, Object>> rows(
            Map<Map<String, Object>, Answer> answers, Map<String, Object> question) {
        Answer answer = answers.get(question);
        return answer == null ? List.of() : answer.rows();
    }

    /** Of a table with several rows to a question, the rows that are another. */
    private Turn turn(Object first, List<Map<String, Object>> before, List<Map<String, Object>> after) {
        return table == RuleTable.ESCALATION_LADDER
                ? new Turn(first, without(before, after), without(after, before))
                : new Turn(first, before, after);
    }

    private static List<Map<String, Object>> without(List<Map<String, Object>> rows, List<Map<String, Object>> others) {
        return rows.stream().filter(row -> !others.contains(row)).toList();
    }
}
