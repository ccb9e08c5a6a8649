package org.guiling.engine.decision;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.guiling.engine.feel.BoundedFeel;
import org.guiling.engine.feel.EvaluationTime;
import org.guiling.engine.refusal.Refusals;
import org.guiling.refusal.RefusedException;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Limits the languages of models, whoever deployed them and by whichever entry point: FEEL is bounded ({@link
 * BoundedFeel}, {@link EvaluationTime}), and there are no scripts. FEEL's own library registers itself as a script
 * language under five names, and a table or a script task that asks for one of them would go past every limit.
 *
 * <p>The places to put this are classes of the engine's inside; wrapping those that the engine made for itself needs no
 * import of them ({@code EngineHistory}).
 */
@Component
class EngineLanguages implements BeanPostProcessor {

    private static final String FEEL = "feelEngine";
    private static final String FEELS = "feelEngineFactory";
    private static final String SCRIPTS = "scriptEngineResolver";
    private static final String TABLES = "dmnEngineConfiguration";

    private final ObjectProvider<Refusals> refusals;

    EngineLanguages(ObjectProvider<Refusals> refusals) {
        this.refusals = refusals;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof SpringProcessEngineConfiguration configuration) {
            BeanWrapper engine = PropertyAccessorFactory.forBeanPropertyAccess(configuration);
            engine.setPropertyValue(TABLES, bounded(work -> refusals.getObject().readable(work)));
            engine.setPropertyValue(SCRIPTS, noScripts(engine));
        }
        return bean;
    }

    /**
     * The configuration of an engine for decision tables.
     *
     * @param refusing runs what may be refused, and puts the refusal into words where it has some
     */
    static DmnEngineConfiguration bounded(Consumer<Runnable> refusing) {
        DmnEngineConfiguration model = DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        model.buildEngine();
        Object feel = properties(model).getPropertyValue(FEEL);
        Object boundedFeel = proxy(
                properties(model).getPropertyType(FEEL),
                (proxy, method, arguments) -> boundedCall(feel, method, arguments, refusing));

        DmnEngineConfiguration bounded = DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        BeanWrapper configuration = properties(bounded);
        configuration.setPropertyValue(
                FEELS, proxy(configuration.getPropertyType(FEELS), (proxy, method, arguments) -> boundedFeel));
        configuration.setPropertyValue(SCRIPTS, noScripts(configuration));
        return bounded;
    }

    /** Every call of the engine has the expression first. */
    private static Object boundedCall(Object feel, Method method, Object[] arguments, Consumer<Runnable> refusing) {
        if (arguments == null || !(arguments[0] instanceof String expression)) {
            return invoke(feel, method, arguments);
        }
        Object[] answer = new Object[1];
        refusing.accept(() -> {
            requireBounded(method, expression);
            answer[0] = EvaluationTime.within(EvaluationTime.LONGEST, () -> invoke(feel, method, arguments));
        });
        return answer[0];
    }

    /** @throws RefusedException when it is not */
    private static void requireBounded(Method method, String expression) {
        if (method.getName().contains("UnaryTests")) {
            BoundedFeel.requireTests("expression", expression);
        } else {
            BoundedFeel.requireExpression("expression", expression);
        }
    }

    /** Knows no language, so that the engine says that it finds none. */
    private static Object noScripts(BeanWrapper configuration) {
        return proxy(configuration.getPropertyType(SCRIPTS), (proxy, method, arguments) -> null);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static BeanWrapper properties(DmnEngineConfiguration configuration) {
        return PropertyAccessorFactory.forBeanPropertyAccess(configuration);
    }

    private static Object invoke(Object target, Method method, Object[] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
