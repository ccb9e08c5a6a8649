package org.guiling.engine.provisioning;

import java.lang.reflect.Proxy;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.guiling.workflow.NotificationProcess;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the engine's history to the path that an instance took: steps, tasks, rules and ends, one row each. The engine's
 * own level {@code activity} also writes every user task a second time, and gateways and starts, which say nothing that
 * their neighbours do not. Who did what, when and why is in the timeline.
 *
 * <p>A level of one's own is a class of the engine's inside; wrapping the level that the engine made for itself needs
 * none, and leaves its name, which the engine compares with the database, as it is.
 */
@Component
class EngineHistory {

    private static final String LEVEL = "historyLevel";
    private static final String QUESTION = "isHistoryEventProduced";
    private static final String OF_TASKS = "TASK_INSTANCE_";
    private static final String OF_ACTIVITIES = "ACTIVITY_INSTANCE_";

    EngineHistory(ProcessEngine engine) {
        BeanWrapper configuration =
                PropertyAccessorFactory.forBeanPropertyAccess(engine.getProcessEngineConfiguration());
        Object level = configuration.getPropertyValue(LEVEL);
        Class<?> type = configuration.getPropertyDescriptor(LEVEL).getPropertyType();
        configuration.setPropertyValue(
                LEVEL,
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                method.getName().equals(QUESTION) && isLeftOut(arguments[0].toString(), arguments[1])
                                        ? Boolean.FALSE
                                        : method.invoke(level, arguments)));
    }

    /** @param subject the task or execution that the event is about; null while a model is read */
    private static boolean isLeftOut(String event, Object subject) {
        if (event.startsWith(OF_ACTIVITIES) && subject instanceof DelegateExecution execution) {
            if (execution.getProcessDefinitionId().startsWith(NotificationProcess.KEY + ":")) {
                return true;
            }
            FlowElement element = execution.getBpmnModelElementInstance();
            return element instanceof Gateway || element instanceof StartEvent;
        }
        return subject != null && event.startsWith(OF_TASKS);
    }
}
