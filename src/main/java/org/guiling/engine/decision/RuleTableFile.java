package org.guiling.engine.decision;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DrgElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.ModelException;
import org.guiling.engine.feel.BoundedFeel;
import org.guiling.limits.LimitedXml;
import org.guiling.limits.XmlLimitException;
import org.guiling.limits.XmlLimitException.Limit;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;

/**
 * The file of a decision table that keeps to its contract: one decision, the columns and hit policy that the product knows,
 * FEEL and nothing else, since any other language could do anything. Whether its answers can be used is a second question.
 */
final class RuleTableFile {

    private static final int LARGEST_BYTES = 1024 * 1024;
    private static final int MAX_ROWS = 500;
    private static final int PROBLEMS_TOLD = 10;
    /** Maximum time for asking a file; the shipped ones take less than a second. */
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    private static final DmnEngine ENGINE =
            EngineLanguages.bounded(Runnable::run).buildEngine();

    private final RuleTable table;
    private final DmnModelInstance model;
    private final Decision decision;
    private final org.camunda.bpm.model.dmn.instance.DecisionTable rows;
    /** Those of the table that the file has. */
    private final List<RuleColumn> inputs;

    private final DmnDecision evaluated;
    private final RuleSheet sheet;
    /** By row and input; empty for one that only the engine can tell. */
    private final List<List<Optional<Predicate<Object>>>> conditions;

    private TableAnswers answers;

    private RuleTableFile(RuleTable table, DmnModelInstance model) {
        this.table = table;
        this.model = model;
        this.decision = onlyDecision(model);
        this.rows = table(decision);
        this.inputs = table.inputs()
                .subList(
                        0,
                        Math.max(
                                table.leastInputs(),
                                Math.min(table.inputs().size(), rows.getInputs().size())));
        requireContract();
        this.evaluated = evaluated();
        this.sheet = readSheet();
        this.conditions = sheet.rows().stream()
                .map(row -> row.cells().stream()
                        .limit(table.inputs().size())
                        .map(RuleCell::condition)
                        .toList())
                .toList();
    }

    /** @throws RefusedException with what the file does otherwise than the contract says */
    static RuleTableFile read(RuleTable table, byte[] content) {
        if (content.length > LARGEST_BYTES) {
            throw refused("rules.decision.large", LARGEST_BYTES / 1024);
        }
        try {
            LimitedXml.require(new ByteArrayInputStream(content));
            return new RuleTableFile(table, Dmn.readModelFromStream(new ByteArrayInputStream(content)));
        } catch (XmlLimitException e) {
            throw refused(e.limit() == Limit.ENCODING ? "rules.decision.unreadable" : "rules.decision.xml");
        } catch (ModelException | IOException e) {
            throw refused("rules.decision.unreadable");
        }
    }

    /** The answers to all that the product asks; they are asked for when somebody wants to know. */
    synchronized TableAnswers answers() {
        if (answers == null) {
            answers = TableAnswers.of(table, this, LONGEST_ASKED);
        }
        return answers;
    }

    /** @throws DmnEngineException when the table cannot answer: an expression that fails, or two rows where one is meant */
    List<Map<String, Object>> answer(Map<String, Object> question) {
        return table.contract()
                .answer(
                        inputs ->
                                ENGINE.evaluateDecisionTable(evaluated, inputs).getResultList(),
                        question);
    }

    /**
     * A key that questions with the same answer share: the rows that are not ruled out, and the values that a row may
     * use in an expression of its own.
     */
    Object likeness(Map<String, Object> question) {
        List<Integer> open = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        for (int row = 0; row < sheet.rows().size(); row++) {
            boolean ruledOut = false;
            // The engine looks at a row no further than to the first input that rules it out.
            for (int column = 0; column < table.inputs().size() && !ruledOut; column++) {
                String input = table.inputs().get(column).name();
                Optional<Predicate<Object>> condition = conditions.get(row).get(column);
                if (condition.isEmpty()) {
                    values.put(input, question.get(input));
                } else if (question.containsKey(input) && !condition.get().test(question.get(input))) {
                    ruledOut = true;
                }
            }
            if (!ruledOut) {
                open.add(row);
                if (!hasPlainOutputs(sheet.rows().get(row).cells())) {
                    values.putAll(question);
                }
            }
        }
        return List.of(open, values);
    }

    private boolean hasPlainOutputs(List<String> cells) {
        return cells.subList(table.inputs().size(), cells.size()).stream().allMatch(RuleCell::isLiteral);
    }

    RuleSheet sheet() {
        return sheet;
    }

    /** As people read it: inputs that an older file lacks are there, and make no difference. */
    private RuleSheet readSheet() {
        Stream<RuleSheet.Column> inputs = Stream.concat(
                zip(this.inputs, List.copyOf(rows.getInputs()))
                        .map(pair -> new RuleSheet.Column(
                                pair.column(), pair.element().getLabel(), false)),
                lacking().map(column -> new RuleSheet.Column(column, null, false)));
        Stream<RuleSheet.Column> outputs = zip(table.outputs(), List.copyOf(rows.getOutputs()))
                .map(pair -> new RuleSheet.Column(pair.column(), pair.element().getLabel(), true));
        return new RuleSheet(
                Stream.concat(inputs, outputs).toList(),
                rows.getRules().stream().map(this::row).toList());
    }

    private Stream<RuleColumn> lacking() {
        return table.inputs().stream().skip(inputs.size());
    }

    /** The name that the file gives the table. */
    String name() {
        return decision.getName();
    }

    /** The file with other descriptions and outputs, by row and column; null leaves one as it is. */
    byte[] with(List<String> descriptions, List<List<String>> outputs) {
        int row = 0;
        for (Rule rule : rows.getRules()) {
            String description = descriptions.get(row);
            if (description != null) {
                describe(rule, description);
            }
            int column = 0;
            for (OutputEntry entry : rule.getOutputEntries()) {
                String text = outputs.get(row).get(column++);
                if (text != null) {
                    entry.getText().setTextContent(text);
                }
            }
            row++;
        }
        return Dmn.convertToString(model).getBytes(StandardCharsets.UTF_8);
    }

    private void describe(Rule rule, String description) {
        if (rule.getDescription() == null) {
            rule.setDescription(model.newInstance(org.camunda.bpm.model.dmn.instance.Description.class));
        }
        rule.getDescription().setTextContent(description);
    }

    private RuleSheet.Row row(Rule rule) {
        Stream<String> inputs = Stream.concat(
                rule.getInputEntries().stream().map(entry -> entry.getText().getTextContent()),
                lacking().map(column -> RuleCell.ANYTHING));
        Stream<String> outputs =
                rule.getOutputEntries().stream().map(entry -> entry.getText().getTextContent());
        return new RuleSheet.Row(
                rule.getDescription() == null
                        ? ""
                        : rule.getDescription().getTextContent().strip(),
                Stream.concat(inputs, outputs).map(String::strip).toList());
    }

    private Decision onlyDecision(DmnModelInstance file) {
        Collection<DrgElement> elements = file.getDefinitions().getDrgElements();
        if (elements.size() == 1
                && elements.iterator().next() instanceof Decision only
                && table.key().equals(only.getId())) {
            return only;
        }
        throw refused("rules.decision.other", table.key());
    }

    private static org.camunda.bpm.model.dmn.instance.DecisionTable table(Decision decision) {
        if (decision.getExpression() instanceof org.camunda.bpm.model.dmn.instance.DecisionTable found) {
            return found;
        }
        throw refused("rules.decision.no-table");
    }

    private void requireContract() {
        List<Problem> problems = new ArrayList<>();
        if (rows.getHitPolicy() != table.hitPolicy() || rows.getAggregation() != null) {
            problems.add(problem("rules.decision.hit-policy", table.hitPolicy().name()));
        }
        if (!rows.getInputs().stream().map(RuleTableFile::signature).toList().equals(signatures(inputs))) {
            problems.add(problem("rules.decision.inputs", String.join(", ", signatures(table.inputs()))));
        }
        List<String> outputs =
                rows.getOutputs().stream().map(RuleTableFile::signature).toList();
        if (!outputs.equals(signatures(table.outputs()))) {
            problems.add(problem("rules.decision.outputs", String.join(", ", signatures(table.outputs()))));
        }
        if (!languages().allMatch(RuleTableFile::isFeel)) {
            problems.add(problem("rules.decision.language"));
        }
        if (decision.getCamundaHistoryTimeToLiveString() == null) {
            problems.add(problem("rules.decision.history"));
        }
        if (rows.getRules().isEmpty()) {
            problems.add(problem("rules.decision.no-rows"));
        }
        if (rows.getRules().size() > MAX_ROWS) {
            problems.add(problem("rules.decision.rows", MAX_ROWS));
        } else if (rows.getRules().stream().anyMatch(this::isRagged)) {
            problems.add(problem("rules.decision.ragged"));
        } else {
            requireBoundedCells(problems);
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
    }

    private void requireBoundedCells(List<Problem> problems) {
        rows.getRules().forEach(rule -> {
            rule.getInputEntries()
                    .forEach(cell -> collect(problems, () -> BoundedFeel.requireTests("file", text(cell.getText()))));
            rule.getOutputEntries()
                    .forEach(cell ->
                            collect(problems, () -> BoundedFeel.requireExpression("file", text(cell.getText()))));
        });
    }

    private static void collect(List<Problem> problems, Runnable check) {
        if (problems.size() < PROBLEMS_TOLD) {
            try {
                check.run();
            } catch (RefusedException e) {
                problems.addAll(e.problems());
            }
        }
    }

    private static String text(Text cell) {
        return cell.getTextContent().strip();
    }

    private boolean isRagged(Rule rule) {
        return rule.getInputEntries().size() != inputs.size()
                || rule.getOutputEntries().size() != table.outputs().size()
                || Stream.concat(
                                rule.getInputEntries().stream().map(entry -> (Object) entry.getText()),
                                rule.getOutputEntries().stream().map(entry -> (Object) entry.getText()))
                        .anyMatch(Objects::isNull);
    }

    private DmnDecision evaluated() {
        try {
            return ENGINE.parseDecision(table.key(), model);
        } catch (DmnEngineException e) {
            throw refused("rules.decision.unreadable");
        }
    }

    /** Of every expression that names one. */
    private Stream<String> languages() {
        return Stream.of(
                        Stream.of(model.getDefinitions().getExpressionLanguage()),
                        model.getModelElementsByType(LiteralExpression.class).stream()
                                .map(LiteralExpression::getExpressionLanguage),
                        model.getModelElementsByType(UnaryTests.class).stream().map(UnaryTests::getExpressionLanguage))
                .flatMap(languages -> languages)
                .filter(Objects::nonNull);
    }

    private static boolean isFeel(String language) {
        String name = language.toLowerCase(Locale.ROOT);
        return name.equals("feel") || name.startsWith("https://www.omg.org/spec/") && name.contains("/feel");
    }

    private static String signature(Input input) {
        return input.getInputExpression() == null || input.getInputExpression().getText() == null
                ? ""
                : signature(
                        input.getInputExpression().getText().getTextContent().strip(),
                        input.getInputExpression().getTypeRef());
    }

    private static String signature(Output output) {
        return signature(output.getName(), output.getTypeRef());
    }

    private static String signature(String name, String type) {
        return name + ": " + type;
    }

    private static List<String> signatures(List<RuleColumn> columns) {
        return columns.stream()
                .map(column -> signature(column.name(), column.type()))
                .toList();
    }

    private record Pair<E>(RuleColumn column, E element) {}

    private static <E> Stream<Pair<E>> zip(List<RuleColumn> columns, List<E> elements) {
        return IntStream.range(0, columns.size()).mapToObj(i -> new Pair<>(columns.get(i), elements.get(i)));
    }

    private static Problem problem(String code, Object... arguments) {
        return Problem.of("file", code, arguments);
    }

    private static RefusedException refused(String code, Object... arguments) {
        return RefusedException.invalid("file", code, arguments);
    }
}
