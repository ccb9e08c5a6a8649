package org.guiling.organization.secret;

/** A production start with a secret that everybody knows. */
public class DefaultSecretException extends RuntimeException {

    DefaultSecretException(String message) {
        super(message);
    }
}
