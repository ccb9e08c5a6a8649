package org.guiling.ledger.search;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.RectificationType;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.guiling.item.access.DataScope;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.record.VerificationResult;
import org.guiling.organization.Tier;
import org.guiling.refusal.RefusedException;
import org.springframework.beans.BeanUtils;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.util.ReflectionUtils;

/**
 * A filter of the ledger's items; null means any. A component's name is its parameter in the addresses of list, page
 * and export; a new one needs a line in {@link #where} and nothing else there.
 *
 * @param leadUnit code of the lead unit
 * @param text words, all of which occur in number, title, fact, location, subject or the source's number ({@link Words})
 * @param overdue whether past due and still open
 * @param withBelow whether units below the lead unit count as well
 * @param coUnit code of a unit that helps
 * @param tier that of the lead unit
 * @param open whether neither closed nor ended in another way
 * @param reworked whether it was sent back or came back at least once
 * @param parentNo the whole that it is a part of
 * @param openRequest whether an extension, a suspension or the like waits for its decision
 * @param verifyMethod of the latest verification
 * @param verifyResult of the latest verification
 * @param itemNo these numbers
 * @param due by the date in force, before there is one by that of the waiting task
 * @param counted what a number of the board counts
 */
public record LedgerFilter(
        ItemStatus status,
        Step step,
        Light light,
        String leadUnit,
        Integer level,
        SourceType sourceType,
        String category,
        String text,
        Boolean overdue,
        Boolean withBelow,
        String coUnit,
        Tier tier,
        Boolean open,
        Urgency urgency,
        RectificationType rectType,
        Boolean systemic,
        Visibility visibility,
        String campaignCode,
        String sourceDocNo,
        String parentNo,
        Boolean fastLane,
        Boolean reworked,
        Boolean openRequest,
        VerificationMethod verifyMethod,
        VerificationResult verifyResult,
        List<String> itemNo,
        Days found,
        Days registered,
        Days claimed,
        Days due,
        Days originalDue,
        Days selfDone,
        Days verified,
        Days closed,
        Days lookBack,
        Counted counted) {

    /**
     * A range of days; null means open on that side.
     *
     * @param from the first day
     * @param to the last day
     */
    public record Days(
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to) {}

    /**
     * A filter for the items that a number of the board counts.
     *
     * @param sourceType null for all
     */
    public static LedgerFilter counting(SourceType sourceType, Counted counted) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("sourceType", sourceType);
        asked.put("counted", counted);
        return Values.filter(asked);
    }

    /** Conditions on {@code item} and {@code item_clock} with their parameters. */
    public record Where(String sql, Map<String, Object> parameters) {}

    /**
     * @param scope what the reader may see at all
     * @throws RefusedException when a range ends before it begins
     */
    public Where where(LocalDate today, DataScope scope) {
        Conditions conditions = new Conditions(scope, today);
        conditions.equal("clock.status", status);
        conditions.equal("clock.step", step);
        conditions.under(light);
        if (Boolean.TRUE.equals(withBelow)) {
            conditions.atOrBelow(leadUnit);
        } else {
            conditions.equal("clock.lead_unit", leadUnit);
        }
        conditions.equal("item.level", level);
        conditions.equal("item.source_type", sourceType);
        conditions.equal("item.category", category);
        conditions.contains(Words.in(text));
        conditions.is("(" + LedgerSql.under(Light.RED) + ")", overdue);
        conditions.like("item.co_units @> array[cast(%s as text)]", coUnit);
        conditions.like("clock.lead_unit in (select code from unit where tier = %s)", tier);
        // Nothing that has ended is urgent: a list by urgency begins behind all that is.
        conditions.like(
                Boolean.FALSE.equals(open) ? "clock.open = %s and clock.urgency = 'infinity'" : "clock.open = %s",
                open);
        conditions.equal("item.urgency", urgency);
        conditions.equal("item.rect_type", rectType);
        conditions.is("item.systemic", systemic);
        conditions.equal("item.visibility", visibility);
        conditions.equal("item.campaign_code", campaignCode);
        conditions.equal("item.source_doc_no", sourceDocNo);
        conditions.equal("item.parent_no", parentNo);
        conditions.is("item.fast_lane", fastLane);
        conditions.is("(item.round > 1)", reworked);
        conditions.is("exists (select from item_request where item_id = item.id and decided_at is null)", openRequest);
        conditions.like(LedgerSql.latestVerification("method = %s"), verifyMethod);
        conditions.like(LedgerSql.latestVerification("result = %s"), verifyResult);
        conditions.oneOf("item.item_no", itemNo);
        conditions.within("found", "item.found_date", found);
        conditions.within("registered", Counted.REGISTERED_ON, registered);
        conditions.within("claimed", LedgerSql.day("item.claimed_at"), claimed);
        conditions.within("due", "clock.due", due);
        conditions.within("originalDue", "item.original_due", originalDue);
        conditions.within("selfDone", LedgerSql.day("item.self_done_at"), selfDone);
        conditions.within("verified", verified, bound -> LedgerSql.latestVerification("verified_on" + bound));
        conditions.within("closed", LedgerSql.day("item.closed_at"), closed);
        conditions.within("lookBack", "item.look_back_on", lookBack);
        conditions.counted(counted);
        return conditions.where();
    }

    /** The conditions by the names of their parameters; several values of one are joined by commas. */
    public Map<String, String> values() {
        return Values.of("", this);
    }

    /** A class of its own: the description of {@code /api} takes every field of a filter for one of its parameters. */
    private static final class Values {

        /** The board asks for the values of some two hundred links, and a class makes its components anew each time. */
        private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
            @Override
            protected RecordComponent[] computeValue(Class<?> type) {
                return type.getRecordComponents();
            }
        };

        private static final Constructor<LedgerFilter> CONSTRUCTOR =
                BeanUtils.getResolvableConstructor(LedgerFilter.class);

        /** @param asked by the names of the components; what is not named is any */
        static LedgerFilter filter(Map<String, Object> asked) {
            return BeanUtils.instantiateClass(
                    CONSTRUCTOR,
                    Arrays.stream(COMPONENTS.get(LedgerFilter.class))
                            .map(component -> asked.get(component.getName()))
                            .toArray());
        }

        static Map<String, String> of(String prefix, Record asked) {
            Map<String, String> values = new LinkedHashMap<>();
            for (RecordComponent component : COMPONENTS.get(asked.getClass())) {
                Object value = ReflectionUtils.invokeMethod(component.getAccessor(), asked);
                String name = prefix + component.getName();
                if (value instanceof Record part) {
                    values.putAll(of(name + ".", part));
                } else if (value instanceof List<?> several && !several.isEmpty()) {
                    values.put(
                            name,
                            String.join(
                                    ",", several.stream().map(Object::toString).toList()));
                } else if (value != null
                        && !(value instanceof List)
                        && !value.toString().isBlank()) {
                    values.put(name, value.toString());
                }
            }
            return values;
        }
    }
}
