package org.guiling.workflow;

/**
 * The outcome of a task. A test compares the outcomes of each task with the options of its form and with the conditions of
 * the gateways after it, both ways.
 */
public interface Outcome {

    /** The name by which the form offers it. */
    String name();

    /** The value that the conditions of the gateways compare with the variable {@code outcome}. */
    default String value() {
        return name();
    }

    /** True where a person chooses it in the form; false where a rule makes it of what they chose. */
    default boolean isOption() {
        return true;
    }

    /**
     * True where a condition of the next gateway asks for it; false where the gateway's default flow takes it, or no gateway
     * follows.
     */
    boolean hasCondition();
}
