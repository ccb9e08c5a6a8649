package org.guiling.web.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The answer tells a password or a token, once: it is kept nowhere, so an {@code Idempotency-Key} does not repeat it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TellsSecret {}
