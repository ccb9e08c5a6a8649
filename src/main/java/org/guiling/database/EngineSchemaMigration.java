package org.guiling.database;

import java.util.List;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/**
 * Version 1 of the schema: the engine's own create scripts, taken from the engine's jar so that no copy of them can
 * grow old. Published, therefore never edited; a later engine brings a later migration.
 */
@Component
class EngineSchemaMigration extends CodeMigration {

    private static final String SCRIPTS = "org/camunda/bpm/engine/db/create/activiti.postgres.create.";
    private static final List<String> PARTS = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    EngineSchemaMigration() {
        super("1", "engine schema");
    }

    @Override
    public void migrate(Context context) {
        ResourceDatabasePopulator scripts = new ResourceDatabasePopulator();
        PARTS.forEach(part -> scripts.addScript(new ClassPathResource(SCRIPTS + part + ".sql")));
        scripts.execute(new SingleConnectionDataSource(context.getConnection(), true));
    }
}
