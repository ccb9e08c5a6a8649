package org.guiling.engine;

import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;

/** Notes every flow node that is entered and every sequence flow that is taken while tests run. */
@TestComponent
public class ModelCoverage {

    private final Set<String> nodes = new ConcurrentSkipListSet<>();
    private final Set<String> flows = new ConcurrentSkipListSet<>();

    @EventListener
    void on(DelegateExecution execution) {
        switch (execution.getEventName()) {
            case ExecutionListener.EVENTNAME_START -> {
                if (execution.getCurrentActivityId() != null) {
                    nodes.add(execution.getCurrentActivityId());
                }
            }
            case ExecutionListener.EVENTNAME_TAKE -> flows.add(execution.getCurrentTransitionId());
            default -> {}
        }
    }

    /** The elements of a model that no test has passed; empty for none. Prints the figure for the build's log. */
    public Set<String> missing(String model) {
        BpmnModelInstance instance = Bpmn.readModelFromFile(new File("processes/" + model + ".bpmn"));
        Set<String> allNodes = new TreeSet<>();
        instance.getModelElementsByType(FlowNode.class).forEach(node -> allNodes.add(node.getId()));
        Set<String> allFlows = new TreeSet<>();
        instance.getModelElementsByType(SequenceFlow.class).forEach(flow -> allFlows.add(flow.getId()));
        Set<String> missing = new TreeSet<>(allNodes);
        missing.removeAll(nodes);
        int coveredNodes = allNodes.size() - missing.size();
        Set<String> missingFlows = new TreeSet<>(allFlows);
        missingFlows.removeAll(flows);
        // The engine tells the flow that an event-based gateway takes by the event that it enters.
        instance.getModelElementsByType(EventBasedGateway.class).stream()
                .flatMap(gateway -> gateway.getOutgoing().stream())
                .filter(flow -> nodes.contains(flow.getTarget().getId()))
                .forEach(flow -> missingFlows.remove(flow.getId()));
        int coveredFlows = allFlows.size() - missingFlows.size();
        System.out.printf(
                "Coverage of %s: %d of %d flow nodes, %d of %d sequence flows%n",
                model, coveredNodes, allNodes.size(), coveredFlows, allFlows.size());
        missing.addAll(missingFlows);
        return missing;
    }
}
