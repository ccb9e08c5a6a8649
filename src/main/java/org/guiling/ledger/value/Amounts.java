package org.guiling.ledger.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as lists write them: 约12.5万元, 1,250,000元. The record counts in 万元. */
public final class Amounts {

    private static final Pattern WRITTEN = Pattern.compile(
            "^(约|大约|近|共|共计|合计|人民币|¥|￥)*" + "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(亿元|万元|元|亿|万)?(左右|整)?$");
    /** Decimal places by which a number in this unit becomes one in 万元. */
    private static final Map<String, Integer> PLACES = Map.of("亿元", 4, "亿", 4, "万元", 0, "万", 0, "元", -4);

    private static final int PLACES_KEPT = 2;
    private static final BigDecimal MAX = new BigDecimal("999999999");

    private Amounts() {}

    /**
     * An amount.
     *
     * @param told whether it was written as more than a number, so that somebody should see what it became
     */
    public record Amount(String number, boolean told) {}

    /** The amount among the fields of a row; empty where it has none, or one that the record cannot hold. */
    public static Optional<BigDecimal> of(Map<String, Object> fields) {
        try {
            return Optional.ofNullable(fields.get(RegistrationField.AMOUNT.key()))
                    .map(amount -> new BigDecimal(amount.toString()))
                    .filter(amount -> amount.signum() >= 0 && amount.compareTo(MAX) <= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number as the record keeps it; told where that is less than what was written. */
    private static Amount kept(BigDecimal number, boolean told) {
        BigDecimal kept = number.setScale(Math.min(PLACES_KEPT, Math.max(number.scale(), 0)), RoundingMode.HALF_UP);
        return new Amount(kept.toPlainString(), told || kept.compareTo(number) != 0);
    }

    /** Empty when the text is none. */
    public static Optional<Amount> read(String text) {
        return read(text, false);
    }

    /** @param inYuan whether a number without a unit counts 元 */
    public static Optional<Amount> read(String text, boolean inYuan) {
        Matcher found = WRITTEN.matcher(Normal.of(text));
        if (!found.matches()) {
            return Optional.empty();
        }
        String digits = found.group(2).replace(",", "");
        int places = PLACES.get(found.group(3) != null ? found.group(3) : inYuan ? "元" : "万元");
        boolean told = found.group(1) != null || found.group(4) != null || places != 0;
        BigDecimal number = new BigDecimal(digits);
        return Optional.of(
                kept(places == 0 ? number : number.movePointRight(places).stripTrailingZeros(), told));
    }
}
