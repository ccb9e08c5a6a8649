package org.guiling.notification;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Switches every channel on, towards {@link OutsideWorld}. */
public class EveryChannel implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String SECRET = "a-secret-of-the-test";
    public static final String TOKEN_SECRET = "another-secret-of-the-test";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String base = "http://127.0.0.1:" + OutsideWorld.http().port();
        TestPropertyValues.of(
                        "guiling.public-url=https://guiling.example.org",
                        "guiling.notification.item-path=/items/{itemNo}",
                        "guiling.notification.email.enabled=true",
                        "guiling.notification.email.from=guiling@example.org",
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + OutsideWorld.smtpPort())
                .applyTo(context);
    }
}
