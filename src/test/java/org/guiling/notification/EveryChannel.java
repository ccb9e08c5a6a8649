package org.guiling.notification;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Switches every channel on, towards {@link OutsideWorld}. */
public class EveryChannel implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String WEBHOOK_SECRET = "webhook-secret-of-the-test";
    public static final String WECOM_ROBOT_KEY = "wecom-robot-key-of-the-test";
    public static final String WECOM_SECRET = "wecom-secret-of-the-test";
    public static final String DINGTALK_ROBOT_TOKEN = "dingtalk-robot-token-of-the-test";
    public static final String DINGTALK_ROBOT_SECRET = "SEC-of-the-test";
    public static final String DINGTALK_SECRET = "dingtalk-secret-of-the-test";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String base = "http://127.0.0.1:" + OutsideWorld.http().port();
        TestPropertyValues.of(
                        // Camunda's web apps find an engine by its name, in all contexts of a JVM.
                        "camunda.bpm.process-engine-name=everychannel",
                        "guiling.public-url=https://guiling.example.org",
                        "guiling.notification.item-path=/items/{itemNo}",
                        "guiling.notification.email.enabled=true",
                        "guiling.notification.email.from=guiling@example.org",
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + OutsideWorld.smtpPort(),
                        "guiling.notification.webhook.enabled=true",
                        "guiling.notification.webhook.url=" + base + "/receiver",
                        "guiling.notification.webhook.secret=" + WEBHOOK_SECRET,
                        "guiling.notification.webhook.language=en",
                        "guiling.notification.wecom-robot.enabled=true",
                        "guiling.notification.wecom-robot.base-url=" + base,
                        "guiling.notification.wecom-robot.key=" + WECOM_ROBOT_KEY,
                        "guiling.notification.wecom-application.enabled=true",
                        "guiling.notification.wecom-application.base-url=" + base,
                        "guiling.notification.wecom-application.corp-id=corp",
                        "guiling.notification.wecom-application.corp-secret=" + WECOM_SECRET,
                        "guiling.notification.wecom-application.agent-id=1000002",
                        "guiling.notification.dingtalk-robot.enabled=true",
                        "guiling.notification.dingtalk-robot.base-url=" + base,
                        "guiling.notification.dingtalk-robot.access-token=" + DINGTALK_ROBOT_TOKEN,
                        "guiling.notification.dingtalk-robot.secret=" + DINGTALK_ROBOT_SECRET,
                        "guiling.notification.dingtalk-robot.message-type=text",
                        "guiling.notification.dingtalk-work.enabled=true",
                        "guiling.notification.dingtalk-work.base-url=" + base,
                        "guiling.notification.dingtalk-work.app-key=key",
                        "guiling.notification.dingtalk-work.app-secret=" + DINGTALK_SECRET,
                        "guiling.notification.dingtalk-work.agent-id=42")
                .applyTo(context);
    }
}
