package org.guiling.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.time.Clock;
import org.guiling.time.OfficeClock;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;

/**
 * {@code guiling verify-audit}: the application's jar with its database, its store of contents
 * and nothing else. No web server, no engine, no
 * migration; whatever it reads stays as it is. Not a configuration of the application, which must not find it.
 */
@ComponentScan({"org.guiling.database", "org.guiling.secret", "org.guiling.text"})
@ComponentScan(
        basePackages = "org.guiling.evidence",
        useDefaultFilters = false,
        includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.(StoreConfiguration|StoredContents)"))
@ConfigurationPropertiesScan("org.guiling.database")
@EnableConfigurationProperties(AuditProperties.class)
@Import({AuditVerification.class, Anchors.class, Findings.class})
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
public class VerifyAudit {

    /** The word on the command line. */
    public static final String COMMAND = "verify-audit";

    private static final int SOUND = 0;
    private static final int UNSOUND = 1;
    private static final int NOT_VERIFIED = 2;

    @Bean
    Clock clock() {
        return new OfficeClock();
    }

    /**
     * Verifies and prints what is wrong, a line each.
     *
     * @return the exit code: 0 where all is sound, 1 where something is wrong, 2 where it could not be verified
     */
    public static int run(String... arguments) {
        String[] quiet = StringUtils.concatenateStringArrays(new String[] {"--logging.level.root=warn"}, arguments);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(VerifyAudit.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(quiet)) {
            VerificationReport report = context.getBean(AuditVerification.class).verifyWithContents();
            context.getBean(Findings.class).print(report, new PrintStream(System.out, true, UTF_8));
            return report.isSound() ? SOUND : UNSOUND;
        } catch (RuntimeException e) {
            System.err.println(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return NOT_VERIFIED;
        }
    }
}
