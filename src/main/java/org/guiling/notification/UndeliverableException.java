package org.guiling.notification;

/**
 * A channel could not be reached or said no. The message is kept with the delivery and shown in Cockpit, therefore it has
 * neither address nor secret, and there is no cause: a client's own exceptions quote the URL, which may hold a key.
 */
public class UndeliverableException extends RuntimeException {

    public UndeliverableException(String message) {
        super(message);
    }

    /** Describes the failure by the names of the exceptions alone. */
    public static UndeliverableException of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String name = failure.getClass().getSimpleName();
        return new UndeliverableException(
                root == failure ? name : name + ": " + root.getClass().getSimpleName());
    }
}
