package org.guiling.engine.expression;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MethodNotFoundException;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotFoundException;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotWritableException;
import org.guiling.engine.refusal.RefusalStatusFilter;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;

/**
 * Expressions that know {@link ListedNames} and nothing else, wherever they come from; and no other way for a model to
 * run code. The one class that knows the engine's inside: expression manager and the reading of models have no other
 * place to be changed at.
 */
class RestrictedExpressions extends SpringExpressionManager {

    private RestrictedExpressions(ApplicationContext beans) {
        super(beans);
    }

    static void restrict(
            SpringProcessEngineConfiguration configuration, ApplicationContext beans, ObjectProvider<Texts> texts) {
        configuration.setExpressionManager(new RestrictedExpressions(beans));
        configuration.getCustomPreBPMNParseListeners().add(new NoForeignCode(texts));
    }

    /** Spin brings functions of its own, which read XML and JSON. */
    @Override
    public void addFunction(String name, Method function) {
        if (ListedNames.FUNCTIONS.contains(name)) {
            super.addFunction(name, function);
        }
    }

    @Override
    protected ELResolver createElResolver() {
        return new Names(applicationContext);
    }

    private static final class Names extends ELResolver {

        private final ApplicationContext beans;
        private final List<ELResolver> variables =
                List.of(new VariableScopeElResolver(), new VariableContextElResolver());
        private final ELResolver members = new BeanELResolver(true);

        Names(ApplicationContext beans) {
            this.beans = beans;
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            if (base == null) {
                return named(context, String.valueOf(property));
            }
            if (!isMember(base, property)) {
                throw new PropertyNotFoundException("Not on the list of names: " + property);
            }
            return members.getValue(context, base, property);
        }

        private Object named(ELContext context, String name) {
            if (ListedNames.VARIABLES.contains(name) || ListedNames.EXECUTION.equals(name)) {
                return variable(context, name);
            }
            if (!ListedNames.MEMBERS.containsKey(name) && !isDelegate(name)) {
                throw new PropertyNotFoundException("Not on the list of names: " + name);
            }
            context.setPropertyResolved(true);
            return beans.getBean(name);
        }

        private Object variable(ELContext context, String name) {
            for (ELResolver resolver : variables) {
                Object value = resolver.getValue(context, null, name);
                if (context.isPropertyResolved()) {
                    return value;
                }
            }
            return null;
        }

        private boolean isDelegate(String name) {
            return ListedNames.DELEGATES.stream()
                    .anyMatch(type -> beans.containsBean(name) && beans.isTypeMatch(name, type));
        }

        private boolean isMember(Object base, Object name) {
            return name instanceof String
                    && ListedNames.MEMBERS.entrySet().stream()
                            .filter(listed -> listed.getValue().contains(name))
                            .map(Map.Entry::getKey)
                            .anyMatch(bean -> beans.getBean(bean) == base);
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
            if (!isMember(base, method)) {
                throw new MethodNotFoundException("Not on the list of names: " + method);
            }
            return members.invoke(context, base, method, types, arguments);
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object value) {
            throw new PropertyNotWritableException("Expressions only read: " + property);
        }

        @Override
        public boolean isReadOnly(ELContext context, Object base, Object property) {
            return true;
        }

        @Override
        public Class<?> getType(ELContext context, Object base, Object property) {
            return null;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
            return null;
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, Object base) {
            return Object.class;
        }
    }

    /**
     * Refuses a model, when it is deployed and whenever it is read again, that names a class to be made, a program to be
     * run or a script. Ours name beans.
     */
    private static final class NoForeignCode extends AbstractBpmnParseListener {

        private static final Set<String> ELEMENTS = Set.of("script", "scriptTask", "connector");
        private static final Set<String> ATTRIBUTES = Set.of("class", "scriptFormat");
        private static final Set<String> TASK_TYPES = Set.of("shell", "mail");

        private final ObjectProvider<Texts> texts;

        NoForeignCode(ObjectProvider<Texts> texts) {
            this.texts = texts;
        }

        @Override
        public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
            check(root);
        }

        private void check(Element element) {
            if (ELEMENTS.contains(element.getTagName())) {
                refuse(element, element.getTagName());
            }
            for (String attribute : element.attributes()) {
                String name = attribute.substring(attribute.lastIndexOf(':') + 1);
                if (ATTRIBUTES.contains(name)
                        || name.equals("type")
                                && TASK_TYPES.contains(
                                        element.attribute(attribute).toLowerCase())) {
                    refuse(element, name);
                }
            }
            element.elements().forEach(this::check);
        }

        private void refuse(Element element, String what) {
            RefusedException refusal =
                    RefusedException.invalid(null, "refusal.model-runs-code", what, String.valueOf(element.getLine()));
            RefusedException readable = refusal.withMessage(texts.getObject()
                    .get("refusal.model-runs-code", refusal.problems().get(0).arguments()));
            RefusalStatusFilter.remember(readable);
            throw readable;
        }
    }
}
