package org.guiling.process;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Proxy;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the engine's history to one row for each step of the path. Its level {@code activity} writes a user task twice,
 * as an activity and as a task; who worked on it, when and how is in the timeline besides.
 *
 * <p>A level of one's own is a class of the engine's inside; wrapping the level that the engine made for itself needs
 * none and leaves the level's name, which the engine compares with the database, as it is.
 */
@Component
class EngineHistory {

    private static final String PROPERTY = "historyLevel";
    private static final String QUESTION = "isHistoryEventProduced";
    private static final String TASK_EVENTS = "TASK_INSTANCE_";

    EngineHistory(ProcessEngine engine) {
        BeanWrapper configuration =
                PropertyAccessorFactory.forBeanPropertyAccess(engine.getProcessEngineConfiguration());
        PropertyDescriptor property = configuration.getPropertyDescriptor(PROPERTY);
        Object level = configuration.getPropertyValue(PROPERTY);
        configuration.setPropertyValue(
                PROPERTY,
                Proxy.newProxyInstance(
                        level.getClass().getClassLoader(),
                        new Class<?>[] {property.getPropertyType()},
                        (proxy, method, arguments) -> method.getName().equals(QUESTION) && isRepeated(arguments)
                                ? Boolean.FALSE
                                : method.invoke(level, arguments)));
    }

    /** @param question the type of an event, and whom it is about; null while a model is read */
    private static boolean isRepeated(Object[] question) {
        return question[1] != null && question[0].toString().startsWith(TASK_EVENTS);
    }
}
