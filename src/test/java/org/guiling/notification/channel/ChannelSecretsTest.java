package org.guiling.notification.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.guiling.notification.Message;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.UndeliverableException;
import org.guiling.secret.SecretFolder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Passwords of the mail server and secrets of channels are exchanged in their files while the application runs. */
class ChannelSecretsTest {

    private static final Message MESSAGE =
            new Message(1, NoticeKind.values()[0], "催办", "催办", "提示", List.of(), Instant.EPOCH, "1970-01-01");

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-05T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void theMailServerIsAskedWithThePasswordOfNow() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser("guiling@example.org", "guiling", "second");
            SecretFolder files = new SecretFolder(folder).with("spring.mail.password", "first");
            EmailChannel channel = channel(server.getSmtp().getPort(), files);
            assertThatThrownBy(() -> channel.send(MESSAGE, "handler@example.org"))
                    .isInstanceOf(UndeliverableException.class);

            files.with("spring.mail.password", "second");
            channel.send(MESSAGE, "handler@example.org");

            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    /** Each channel's secrets by their settings, and a message by it. */
    private static Map<String, BiFunction<URI, SecretFolder, Runnable>> channels() {
        return Map.of(
                "webhook.secret",
                (url, files) -> {
                    WebhookChannel channel =
                            new WebhookChannel(http(), new WebhookProperties(url, "first", null), NOW, files.read());
                    return () -> channel.send(MESSAGE, "handler");
                },
                "wecom-robot.key",
                (url, files) -> {
                    WecomRobotChannel channel = new WecomRobotChannel(
                            http(), new WecomRobotProperties(url, "first", MessageType.TEXT, null), files.read());
                    return () -> channel.send(MESSAGE);
                },
                "wecom-application.corp-secret",
                (url, files) -> {
                    WecomApplicationChannel channel = new WecomApplicationChannel(
                            http(), new WecomApplicationProperties(url, "corp", "first", 1, null), NOW, files.read());
                    return () -> channel.send(MESSAGE, "handler");
                },
                "dingtalk-work.app-secret",
                (url, files) -> {
                    DingtalkWorkChannel channel = new DingtalkWorkChannel(
                            http(), new DingtalkWorkProperties(url, "app", "first", 1L, null), NOW, files.read());
                    return () -> channel.send(MESSAGE, "handler");
                },
                "dingtalk-robot.access-token",
                (url, files) -> dingtalkRobot(url, files),
                "dingtalk-robot.secret",
                (url, files) -> dingtalkRobot(url, files));
    }

    private static Runnable dingtalkRobot(URI url, SecretFolder files) {
        DingtalkRobotChannel channel = new DingtalkRobotChannel(
                http(), new DingtalkRobotProperties(url, "first", "first", MessageType.TEXT, null), NOW, files.read());
        return () -> channel.send(MESSAGE);
    }

    @TestFactory
    Stream<DynamicTest> aChannelIsAskedWithTheSecretOfNow() {
        return channels().entrySet().stream()
                .map(channel -> DynamicTest.dynamicTest(
                        channel.getKey(),
                        () -> usesTheSecretOfNow("guiling.notification." + channel.getKey(), channel.getValue())));
    }

    private void usesTheSecretOfNow(String setting, BiFunction<URI, SecretFolder, Runnable> channel) {
        WireMockServer server =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        server.start();
        try {
            server.stubFor(any(anyUrl())
                    .willReturn(okJson("{\"errcode\":0,\"access_token\":\"t\",\"expires_in\":0,\"task_id\":1}")));
            SecretFolder files = new SecretFolder(folder).with(setting, "first");
            Runnable send = channel.apply(URI.create("http://127.0.0.1:" + server.port()), files);
            send.run();
            String before = secrets(server);
            server.resetRequests();
            send.run();
            assertThat(secrets(server)).isEqualTo(before);
            server.resetRequests();

            files.with(setting, "second");
            send.run();

            assertThat(secrets(server)).isNotEqualTo(before);
        } finally {
            server.stop();
        }
    }

    /** The addresses that were asked, which have the services' secrets, and the webhook's signature. */
    private static String secrets(WireMockServer server) {
        return server.getAllServeEvents().stream()
                .map(event ->
                        event.getRequest().getUrl() + " " + event.getRequest().getHeader(WebhookChannel.SIGNATURE))
                .toList()
                .toString();
    }

    private static OutsideHttp http() {
        return new OutsideHttp(
                new OutsideHttp.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)),
                new ObjectMapper().findAndRegisterModules());
    }

    private static EmailChannel channel(int port, SecretFolder files) {
        JavaMailSenderImpl mail = new JavaMailSenderImpl();
        mail.setHost("127.0.0.1");
        mail.setPort(port);
        mail.setUsername("guiling");
        mail.setPassword("first");
        mail.getJavaMailProperties().setProperty("mail.smtp.auth", "true");
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("mail", mail);
        return new EmailChannel(
                beans.getBeanProvider(JavaMailSender.class),
                new EmailProperties("guiling@example.org", Locale.CHINA),
                files.read());
    }
}
