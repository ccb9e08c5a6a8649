package org.guiling.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.guiling.GuilingTest;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole application with its data source counted. The job executor looks for jobs whenever it likes, and the
 * coverage of the models is no part of the product: both are off.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("benchmark")
@GuilingTest
@TestPropertySource(properties = {"camunda.bpm.job-execution.enabled=false", "camunda.bpm.eventing.execution=false"})
@Import(Benchmark.Counting.class)
@interface Benchmark {

    @TestConfiguration(proxyBeanMethods = false)
    class Counting {

        private static volatile StatementCounter counter;

        static StatementCounter counter() {
            return counter;
        }

        @Bean
        static BeanPostProcessor countingDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof HikariDataSource pool) {
                        counter = StatementCounter.around(pool);
                        return counter.dataSource();
                    }
                    return bean;
                }
            };
        }
    }
}
