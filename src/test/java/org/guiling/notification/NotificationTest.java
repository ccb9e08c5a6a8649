package org.guiling.notification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.guiling.GuilingTest;
import org.guiling.engine.Notices;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole application with every channel on; one context serves all tests that carry it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GuilingTest
@Import(Notices.class)
@ContextConfiguration(initializers = EveryChannel.class)
public @interface NotificationTest {}
