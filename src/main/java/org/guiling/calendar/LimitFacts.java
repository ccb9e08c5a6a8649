package org.guiling.calendar;

/**
 * The facts that a limit may depend on, as codes: the inputs of {@code time-limits.dmn} beside the kind of limit. Null
 * stands for a fact that is not known yet, or does not matter.
 *
 * @param sourceType the source (来源)
 * @param rectType the rectification type (整改类型), known from the plan on
 * @param level 1 to 4 (等级)
 * @param urgency how urgent (紧急程度): the class of a 12345 work order
 * @param tier the tier (三级) of the lead unit
 */
public record LimitFacts(String sourceType, String rectType, Integer level, String urgency, String tier) {

    /** For what is the same for every item. */
    public static final LimitFacts NONE = new LimitFacts(null, null, null, null, null);
}
