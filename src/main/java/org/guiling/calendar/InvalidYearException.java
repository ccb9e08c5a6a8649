package org.guiling.calendar;

import java.util.List;
import java.util.stream.Collectors;

/** A file of a calendar year that cannot be taken; nothing was stored. */
public class InvalidYearException extends RuntimeException {

    private final transient List<Fault> faults;

    InvalidYearException(List<Fault> faults) {
        super(faults.stream().map(fault -> fault.code() + fault.arguments()).collect(Collectors.joining(", ")));
        this.faults = List.copyOf(faults);
    }

    /**
     * One thing that is wrong with the file.
     *
     * @param code key of the message bundle
     * @param arguments the message's arguments
     */
    public record Fault(String code, List<Object> arguments) {

        static Fault of(String code, Object... arguments) {
            return new Fault(code, List.of(arguments));
        }
    }

    public List<Fault> faults() {
        return faults;
    }
}
