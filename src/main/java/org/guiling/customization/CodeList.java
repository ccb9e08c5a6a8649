package org.guiling.customization;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.item.ItemStatus;
import org.guiling.item.RectificationType;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.item.Track;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.guiling.item.record.EvidenceType;
import org.guiling.item.record.VerificationMethod;

/**
 * The lists of codes (代码表) that items have values of: the codes that the product brings, in their order, and what an
 * office may change about them.
 */
public enum CodeList {
    /** 问题类别: no rule depends on one, but that forms ask the amount of FUNDS. */
    CATEGORY(
            "Category",
            List.of(
                    "LIVELIHOOD",
                    "ECOLOGY",
                    "SAFETY",
                    "CONSTRUCTION",
                    "FUNDS",
                    "BUSINESS",
                    "STYLE",
                    "GRASSROOTS",
                    "OTHER"),
            Change.NAME,
            Change.ORDER,
            Change.WITHDRAW,
            Change.ADD,
            Change.TIERS),
    /** 来源: masking, call-back and time limits depend on it, so that an office cannot add one. */
    SOURCE_TYPE(SourceType.values(), Change.NAME, Change.ORDER, Change.WITHDRAW),
    /** 等级: its order is its meaning. */
    LEVEL("Level", List.of("1", "2", "3", "4"), Change.NAME),
    /** 紧急程度: its order is its meaning. */
    URGENCY(Urgency.values(), Change.NAME),
    VISIBILITY(Visibility.values(), Change.NAME, Change.ORDER),
    RECTIFICATION_TYPE(RectificationType.values(), Change.NAME, Change.ORDER),
    EVIDENCE_TYPE(EvidenceType.values(), Change.NAME, Change.ORDER),
    TRACK(Track.values(), Change.NAME, Change.ORDER),
    VERIFICATION_METHOD(VerificationMethod.values(), Change.NAME, Change.ORDER),
    SYSTEMIC("Systemic", List.of("YES", "NO")),
    STATUS(ItemStatus.values()),
    STEP(Step.values());

    private static final Map<String, CodeList> BY_KIND =
            Stream.of(values()).collect(Collectors.toMap(CodeList::kind, Function.identity()));
    private static final Map<String, CodeList> BY_KEY =
            Stream.of(values()).collect(Collectors.toMap(CodeList::key, Function.identity()));

    private final String kind;
    private final List<String> shippedCodes;
    private final Set<Change> changes;

    CodeList(String kind, List<String> shippedCodes, Change... changes) {
        this.kind = kind;
        this.shippedCodes = shippedCodes;
        this.changes = Set.of(changes);
    }

    CodeList(Enum<?>[] shippedCodes, Change... changes) {
        this(
                shippedCodes[0].getDeclaringClass().getSimpleName(),
                Stream.of(shippedCodes).map(Enum::name).toList(),
                changes);
    }

    /** The changes that an office may make to a list. */
    public enum Change {
        /** Call a code otherwise. */
        NAME,
        /** Offer the codes in another order. */
        ORDER,
        /** Offer a code no longer. */
        WITHDRAW,
        /** Add a code. */
        ADD,
        /** Offer a code to some tiers only. */
        TIERS
    }

    /** The list whose labels have keys that begin so, {@code SourceType}. */
    public static Optional<CodeList> ofKind(String kind) {
        return Optional.ofNullable(BY_KIND.get(kind));
    }

    /** The list of an address or of an office's file, {@code source-type}. */
    public static Optional<CodeList> of(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** The prefix of the keys of its labels. */
    public String kind() {
        return kind;
    }

    /** Its name in addresses and for an office's file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The codes that the product brings, in its order. */
    public List<String> shippedCodes() {
        return shippedCodes;
    }

    public boolean may(Change change) {
        return changes.contains(change);
    }

    /** True where an office may change anything about it. */
    public boolean isChangeable() {
        return !changes.isEmpty();
    }
}
