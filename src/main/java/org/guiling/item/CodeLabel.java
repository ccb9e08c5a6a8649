package org.guiling.item;

/** A code among a refusal's arguments, as it was written down: its label is {@code kind.code} in the message bundles. */
public record CodeLabel(String kind, String code) {

    public static CodeLabel of(Enum<?> code) {
        return new CodeLabel(code.getDeclaringClass().getSimpleName(), code.name());
    }
}
