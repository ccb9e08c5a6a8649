package org.guiling.item.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.guiling.item.CodeLabel;
import org.guiling.refusal.Problem;
import org.springframework.stereotype.Component;

/**
 * The problems of a refusal as the timeline keeps them: codes and arguments, never a text, so that each reader reads it
 * in their own language.
 */
@Component
class RefusalProblems {

    private static final String CODE = "code";
    private static final String ARGUMENTS = "arguments";
    private static final String FIELD = "field";
    private static final String KIND = "kind";

    private final ObjectMapper json;

    RefusalProblems(ObjectMapper json) {
        this.json = json;
    }

    String write(List<Problem> problems) {
        ArrayNode all = json.createArrayNode();
        for (Problem problem : problems) {
            ObjectNode one = all.addObject().put(CODE, problem.code()).put(FIELD, problem.field());
            ArrayNode arguments = one.putArray(ARGUMENTS);
            problem.arguments().forEach(argument -> add(arguments, argument));
        }
        return all.toString();
    }

    private static void add(ArrayNode arguments, Object argument) {
        if (argument instanceof Enum<?> code) {
            CodeLabel label = CodeLabel.of(code);
            arguments.addObject().put(KIND, label.kind()).put(CODE, label.code());
        } else {
            arguments.add(argument.toString());
        }
    }

    List<Problem> read(String written) {
        try {
            List<Problem> problems = new ArrayList<>();
            for (JsonNode one : json.readTree(written)) {
                List<Object> arguments = new ArrayList<>();
                one.path(ARGUMENTS).forEach(argument -> arguments.add(argument(argument)));
                problems.add(
                        new Problem(one.path(FIELD).textValue(), one.path(CODE).textValue(), List.copyOf(arguments)));
            }
            return problems;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The timeline's problems cannot be read: " + written, e);
        }
    }

    private static Object argument(JsonNode argument) {
        return argument.isObject()
                ? new CodeLabel(
                        argument.path(KIND).textValue(), argument.path(CODE).textValue())
                : argument.textValue();
    }
}
