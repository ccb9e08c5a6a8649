package org.guiling.engine.expression;

import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.SpringBootProcessEnginePlugin;
import org.guiling.text.Texts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Gives the engine its restricted expressions before it is built. The engine as it comes lets an expression call any
 * bean and any class, and evaluates those of {@code orQueries} whoever sends them (docs/security.md).
 */
@Component
class EngineExpressions extends SpringBootProcessEnginePlugin {

    private final ApplicationContext beans;
    /** Not before a model is refused: the office's texts come from the database. */
    private final ObjectProvider<Texts> texts;

    EngineExpressions(ApplicationContext beans, ObjectProvider<Texts> texts) {
        this.beans = beans;
        this.texts = texts;
    }

    @Override
    public void preInit(SpringProcessEngineConfiguration configuration) {
        RestrictedExpressions.restrict(configuration, beans, texts);
    }
}
