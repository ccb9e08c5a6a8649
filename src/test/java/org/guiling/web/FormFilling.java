package org.guiling.web;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.engine.Samples;
import org.guiling.engine.property.FormFile;
import org.guiling.engine.property.FormFile.Input;

/**
 * Fills a form at random by its file. It fills in what a condition hides as well: every door has to drop that.
 *
 * @param due the item's last day; null where it has none
 * @param others numbers of other items
 * @param atOnce plans for today: what is due by its source can wait no longer
 * @param plain leaves out nothing that might be asked for, and chooses but the decision as most people do
 */
record FormFilling(Random random, LocalDate today, LocalDate due, List<String> others, boolean atOnce, boolean plain) {

    /** The options that lead onward, in whichever form. */
    private static final List<String> ONWARD = List.of(
            "ACCEPT",
            "CLAIM",
            "KEEP",
            "APPROVE",
            "SUBMIT",
            "PASS",
            "CONFIRMED",
            "CONSISTENT",
            "DROP",
            "NONE",
            "NO",
            "SATISFIED",
            "PHOTO",
            "NORMAL",
            "INTERNAL",
            "SELF",
            "WRITTEN",
            "ON_SITE",
            "IMMEDIATE",
            "LIVELIHOOD");

    /** Units that have somebody to claim: at others an item waits until those above appoint somebody. */
    private static final Set<String> STAFFED = Set.of(Samples.CITY_UNIT, "jiaqiao-town", Samples.VILLAGE_UNIT);

    /** Dates of events that have happened when the form is filled in. */
    private static final Set<String> PAST =
            Set.of("foundDate", "verifiedOn", "lookedOn", "visitedOn", "institution1IssuedOn", "closedSince");

    private static final Pattern ONE_OF_SEVERAL = Pattern.compile("(measure|part|problem|defect|institution)(\\d).*");

    /** @param options what is to be chosen from, by the name that the form gives it */
    Map<String, Object> fill(String form, Function<Input, List<String>> options) {
        Map<String, Object> fields = new HashMap<>();
        Map<String, Boolean> parts = new HashMap<>();
        for (Input input : FormFile.of(form).inputs()) {
            Matcher part = ONE_OF_SEVERAL.matcher(input.key());
            boolean filled = part.matches()
                    ? parts.computeIfAbsent(part.group(1) + part.group(2), key -> isFilled(part, form))
                    : input.required() ? plain || chance(97) : isFilled(input);
            Object value = filled ? value(input, form, options) : null;
            if (value != null) {
                fields.put(input.key(), value);
            }
        }
        return fields;
    }

    private boolean isFilled(Matcher part, String form) {
        int which = Integer.parseInt(part.group(2));
        return switch (part.group(1)) {
            case "measure" -> form.equals("rectification") || which <= (form.equals("fast-lane") ? 1 : 2) || chance(5);
            case "problem" -> chance(15);
            case "institution" -> plain || chance(80);
            default -> which == 1 || chance(10);
        };
    }

    private boolean isFilled(Input input) {
        return switch (input.key()) {
            case "originalDue", "dueBasis", "unitTier", "coUnits", "campaignCode", "sourceSeq" -> !plain && chance(15);
            case "fixNowWaiver" -> !plain && chance(10);
            case "falsified" -> chance(40);
            default -> plain || chance(80);
        };
    }

    private Object value(Input input, String form, Function<Input, List<String>> options) {
        return switch (input.type()) {
            case "checkbox" -> true;
            case "number" -> 20_000;
            case "datetime" -> day(input.key(), form).toString();
            case "select", "radio" -> choice(input, options.apply(input));
            case "checklist", "taglist" -> choices(input, options.apply(input));
            default -> input.key().equals("targetNo") ? other() : text(input);
        };
    }

    private String other() {
        return others.isEmpty() ? "ZG-1999-000001" : any(others);
    }

    private String text(Input input) {
        String text = "走查时填写的内容 " + Integer.toHexString(random.nextInt());
        return input.minLength() > text.length() ? text.repeat(input.minLength()) : text;
    }

    private LocalDate day(String key, String form) {
        if (PAST.contains(key)) {
            return today;
        }
        if (key.startsWith("measure") || form.equals("fast-lane")) {
            return atOnce ? today : Samples.workingDayFrom(today.plusDays(2));
        }
        LocalDate later = due == null || due.isBefore(today) ? today : due;
        return switch (key) {
            case "newDue" -> Samples.workingDayFrom(later.plusDays(1 + random.nextInt(20)));
            case "part1Due", "part2Due", "part3Due", "part4Due", "part5Due", "part6Due" ->
                chance(10) ? later.plusDays(1) : later;
            case "plannedDue" -> atOnce ? today : Samples.workingDayFrom(today.plusDays(10 + random.nextInt(15)));
            default -> Samples.workingDayFrom(today.plusDays(10 + random.nextInt(plain ? 5 : 40)));
        };
    }

    private String choice(Input input, List<String> options) {
        if (options.isEmpty()) {
            return null;
        }
        if (input.key().matches("leadUnit|newUnit|suggestedUnit|part\\dUnit")) {
            List<String> staffed = options.stream().filter(STAFFED::contains).toList();
            return staffed.isEmpty() ? null : any(staffed);
        }
        if (input.key().matches("measure\\dTrack") && (plain || chance(90))) {
            return input.key().startsWith("measure1") ? "FIX_NOW" : "LONG_TERM";
        }
        if (input.key().equals("decision") ? chance(65) : plain || chance(70)) {
            return ONWARD.stream().filter(options::contains).findFirst().orElseGet(() -> any(options));
        }
        return any(options);
    }

    /** All of a list, one of many. */
    private List<String> choices(Input input, List<String> options) {
        if (input.type().equals("checklist")) {
            return plain || chance(85)
                    ? options
                    : options.stream().filter(option -> chance(50)).toList();
        }
        return options.isEmpty() || !plain && chance(10) ? List.of() : List.of(any(options));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
