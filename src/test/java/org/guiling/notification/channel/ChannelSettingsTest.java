package org.guiling.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Arrays;
import org.guiling.notification.Channel;
import org.guiling.secret.SecretFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A channel is there when it is switched on, and the application does not start when it is switched on by half. */
class ChannelSettingsTest {

    private static final String PREFIX = "guiling.notification.";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(ChannelsAlone.class);

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(basePackageClasses = OutsideHttp.class, excludeFilters = @ComponentScan.Filter(Configuration.class))
    @ConfigurationPropertiesScan(basePackageClasses = OutsideHttp.class)
    @Import(SecretFiles.class)
    static class ChannelsAlone {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        ObjectMapper objectMapper() {
            return new ObjectMapper();
        }
    }

    @Test
    void channelsAreOffUntilTheyAreSwitchedOn() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Channel.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "webhook", "wecom-robot", "wecom-application", "dingtalk-robot", "dingtalk-work"})
    void aChannelThatIsOnWithoutSettingsStopsTheStart(String channel) {
        application.withPropertyValues(PREFIX + channel + ".enabled=true").run(context -> assertThat(context)
                .hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "webhook, url=https://receiver.example.org",
        "webhook, url=https://receiver.example.org secret=short",
        "webhook, secret=long-enough-for-a-secret",
        "wecom-robot, key=",
        "wecom-application, corp-id=corp agent-id=1",
        "wecom-application, corp-id=corp corp-secret=secret",
        "dingtalk-robot, access-token=token",
        "dingtalk-robot, secret=secret",
        "dingtalk-work, app-key=key agent-id=1",
        // no server to send by
        "email, from=guiling@example.org",
        "email, from=guiling",
    })
    void aChannelWithoutAddressOrSecretStopsTheStart(String channel, String settings) {
        application
                .withPropertyValues(PREFIX + channel + ".enabled=true")
                .withPropertyValues(properties(channel, settings))
                .run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "webhook, url=https://receiver.example.org secret=long-enough-for-a-secret",
        "wecom-robot, key=key",
        "wecom-application, corp-id=corp corp-secret=secret agent-id=1",
        "dingtalk-robot, access-token=token secret=secret",
        "dingtalk-work, app-key=key app-secret=secret agent-id=1",
    })
    void aChannelWithItsSettingsIsThere(String channel, String settings) {
        application
                .withPropertyValues(PREFIX + channel + ".enabled=true")
                .withPropertyValues(properties(channel, settings))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Channel.class));
    }

    private static String[] properties(String channel, String settings) {
        return Arrays.stream(settings.split(" "))
                .map(setting -> PREFIX + channel + "." + setting)
                .toArray(String[]::new);
    }
}
