package org.guiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Keeps what all tests share as each of them found it: the clock goes back after every test, and a class that leaves a
 * rule of an office in force fails itself, not the next one that counts by the rule.
 */
class SharedApplication implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        application(context).getBean(TestClock.class).reset();
    }

    /** A class with an application of its own leaves it to nobody, and may have ended its database. */
    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getTags().contains("own-context")) {
            return;
        }
        List<String> left = application(context)
                .getBean(JdbcClient.class)
                .sql("""
                        select kind || ' ' || name from (
                            select distinct on (kind, name) kind, name, content from office_file
                            order by kind, name, version desc) latest
                        where content is not null order by 1""")
                .query(String.class)
                .list();
        assertThat(left).as("rules of an office left in force").isEmpty();
    }

    private static ApplicationContext application(ExtensionContext context) {
        return SpringExtension.getApplicationContext(context);
    }
}
