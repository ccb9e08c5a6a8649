package org.guiling.database;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;

/** The engine must find its schema: it starts after Flyway. */
class EngineAfterMigration implements DependsOnDatabaseInitializationDetector {

    private static final String ENGINE_CONFIGURATION = "processEngineConfigurationImpl";

    @Override
    public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
        return beanFactory.containsBeanDefinition(ENGINE_CONFIGURATION) ? Set.of(ENGINE_CONFIGURATION) : Set.of();
    }
}
