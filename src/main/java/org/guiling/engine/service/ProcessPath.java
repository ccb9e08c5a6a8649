package org.guiling.engine.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.guiling.item.access.VisibleItems;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The path that an item took through the diagram of the five steps (五步归零): what it passed, how often, and where it is.
 * The shapes come from the deployed model itself, so that people see the very picture that Camunda Modeler draws.
 */
@Service
public class ProcessPath {

    private final VisibleItems items;
    private final HistoryService history;
    private final RepositoryService repository;

    ProcessPath(VisibleItems items, HistoryService history, RepositoryService repository) {
        this.items = items;
        this.history = history;
        this.repository = repository;
    }

    /** Kinds of shapes; each is drawn as BPMN draws it. */
    public enum Kind {
        SUB_PROCESS,
        EVENT_SUB_PROCESS,
        USER_TASK,
        SERVICE_TASK,
        BUSINESS_RULE_TASK,
        CALL_ACTIVITY,
        START_EVENT,
        INTERMEDIATE_EVENT,
        END_EVENT,
        EXCLUSIVE_GATEWAY,
        EVENT_BASED_GATEWAY
    }

    /** Progress of an item at a shape. */
    public enum State {
        NOT_REACHED,
        PASSED,
        HERE
    }

    /** Left upper corner and size, in the units of the diagram. */
    public record Box(double x, double y, double width, double height) {

        public double middleX() {
            return x + width / 2;
        }

        public double middleY() {
            return y + height / 2;
        }

        Box with(Box other) {
            double left = Math.min(x, other.x);
            double top = Math.min(y, other.y);
            return new Box(
                    left,
                    top,
                    Math.max(x + width, other.x + other.width) - left,
                    Math.max(y + height, other.y + other.height) - top);
        }
    }

    /**
     * One shape.
     *
     * @param message whether an event waits for a message
     * @param timer whether an event waits for a day
     * @param label where its name stands; null for what has it inside
     * @param times how often the item came to it
     */
    public record Shape(
            String id,
            String name,
            Kind kind,
            boolean message,
            boolean timer,
            Box box,
            Box label,
            State state,
            int times) {}

    /**
     * One sequence flow.
     *
     * @param points as SVG writes them, {@code "1,2 3,4"}
     * @param label where its name stands; null without one
     */
    public record Flow(String name, String points, Box label) {}

    /** The diagram, and the box around all of it. */
    public record Diagram(Box box, List<Shape> shapes, List<Flow> flows) {}

    /**
     * The path of an item that the person who is signed on may see.
     *
     * @return empty once the engine's history of a closed item was cleaned up; the timeline tells the path for ever
     */
    @Transactional(readOnly = true)
    public Optional<Diagram> of(String itemNo) {
        items.get(itemNo);
        List<HistoricProcessInstance> instances = history.createHistoricProcessInstanceQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(itemNo)
                .list();
        return instances.stream()
                .max(Comparator.comparing(HistoricProcessInstance::getStartTime))
                .map(latest ->
                        diagram(repository.getBpmnModelInstance(latest.getProcessDefinitionId()), visits(instances)));
    }

    private Map<String, List<HistoricActivityInstance>> visits(List<HistoricProcessInstance> instances) {
        Map<String, List<HistoricActivityInstance>> visits = new HashMap<>();
        for (HistoricProcessInstance instance : instances) {
            history.createHistoricActivityInstanceQuery()
                    .processInstanceId(instance.getId())
                    .list()
                    .forEach(visit -> visits.computeIfAbsent(visit.getActivityId(), id -> new ArrayList<>())
                            .add(visit));
        }
        return visits;
    }

    private static Diagram diagram(BpmnModelInstance model, Map<String, List<HistoricActivityInstance>> visits) {
        List<Shape> shapes = model.getModelElementsByType(BpmnShape.class).stream()
                .filter(shape -> shape.getBpmnElement() instanceof FlowNode)
                .map(shape -> shape(shape, visits))
                // Containers are drawn before the shapes that they hold.
                .sorted(Comparator.comparing(
                        shape -> -shape.box().width() * shape.box().height()))
                .toList();
        List<Flow> flows = model.getModelElementsByType(BpmnEdge.class).stream()
                .map(ProcessPath::flow)
                .toList();
        Box box = shapes.stream()
                .map(shape -> shape.label() == null ? shape.box() : shape.box().with(shape.label()))
                .reduce(Box::with)
                .orElseThrow();
        return new Diagram(box, shapes, flows);
    }

    private static Shape shape(BpmnShape shape, Map<String, List<HistoricActivityInstance>> visits) {
        FlowNode node = (FlowNode) shape.getBpmnElement();
        List<HistoricActivityInstance> own = visits.getOrDefault(node.getId(), List.of());
        State state = own.stream().anyMatch(visit -> visit.getEndTime() == null)
                ? State.HERE
                : own.isEmpty() ? State.NOT_REACHED : State.PASSED;
        return new Shape(
                node.getId(),
                node.getName() == null ? "" : node.getName(),
                kind(node),
                has(node, MessageEventDefinition.class),
                has(node, TimerEventDefinition.class),
                box(shape.getBounds()),
                label(shape.getBpmnLabel()),
                state,
                own.size());
    }

    private static boolean has(FlowNode node, Class<? extends BaseElement> definition) {
        return node instanceof Event && !node.getChildElementsByType(definition).isEmpty();
    }

    private static Kind kind(FlowNode node) {
        if (node instanceof SubProcess sub) {
            return sub.triggeredByEvent() ? Kind.EVENT_SUB_PROCESS : Kind.SUB_PROCESS;
        }
        if (node instanceof StartEvent) {
            return Kind.START_EVENT;
        }
        if (node instanceof EndEvent) {
            return Kind.END_EVENT;
        }
        if (node instanceof IntermediateCatchEvent || node instanceof BoundaryEvent) {
            return Kind.INTERMEDIATE_EVENT;
        }
        if (node instanceof Gateway) {
            return node instanceof EventBasedGateway ? Kind.EVENT_BASED_GATEWAY : Kind.EXCLUSIVE_GATEWAY;
        }
        if (node instanceof UserTask) {
            return Kind.USER_TASK;
        }
        if (node instanceof ServiceTask) {
            return Kind.SERVICE_TASK;
        }
        if (node instanceof BusinessRuleTask) {
            return Kind.BUSINESS_RULE_TASK;
        }
        if (node instanceof CallActivity) {
            return Kind.CALL_ACTIVITY;
        }
        throw new IllegalArgumentException(
                "No picture for " + node.getElementType().getTypeName());
    }

    private static Flow flow(BpmnEdge edge) {
        StringBuilder points = new StringBuilder();
        for (Waypoint point : edge.getWaypoints()) {
            points.append(points.isEmpty() ? "" : " ")
                    .append(point.getX())
                    .append(',')
                    .append(point.getY());
        }
        String name = edge.getBpmnElement() instanceof FlowElement flow ? flow.getName() : null;
        return new Flow(name, points.toString(), name == null ? null : label(edge.getBpmnLabel()));
    }

    private static Box label(BpmnLabel label) {
        return label == null || label.getBounds() == null ? null : box(label.getBounds());
    }

    private static Box box(Bounds bounds) {
        return new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }
}
