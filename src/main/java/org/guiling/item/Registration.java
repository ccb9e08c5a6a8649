package org.guiling.item;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The facts that are known on the day a problem is written down (立项信息, DOMAIN.md §2).
 *
 * @param campaignCode 专项, or null
 * @param sourceDocNo 来源文号, or the name of the source where it has no number
 * @param sourceSeq 原序号, or null
 * @param factText 问题描述: one fact
 * @param location 地点, or null
 * @param subject 涉及对象, or null
 * @param amount 涉及金额 in 万元, or null
 * @param level 1 一般 to 4 挂牌督办
 * @param leadUnit code of the one lead unit (牵头单位)
 * @param coUnits codes of the co-organisers (配合单位), may be empty
 * @param sourceDue the due date that the source document sets, or null; it becomes the original due date
 * @param sourceDueBasis where that date stands; null without it
 */
public record Registration(
        String campaignCode,
        SourceType sourceType,
        String sourceDocNo,
        String sourceSeq,
        LocalDate foundDate,
        String foundBy,
        String title,
        String factText,
        String location,
        String subject,
        BigDecimal amount,
        String category,
        int level,
        Urgency urgency,
        boolean systemic,
        Visibility visibility,
        String leadUnit,
        List<String> coUnits,
        LocalDate sourceDue,
        String sourceDueBasis) {

    /** The same facts with an amount: a form asks for it in some categories only, and lists know it in others as well. */
    public Registration withAmount(BigDecimal other) {
        return with(title, factText, other, level, leadUnit, coUnits, sourceDue, sourceDueBasis);
    }

    /** The same facts, as serious as those of an item that was merged in. */
    Registration withLevel(int higher) {
        return with(title, factText, amount, higher, leadUnit, coUnits, sourceDue, sourceDueBasis);
    }

    /** The same facts with the date that came with another source. */
    Registration withSourceDue(LocalDate due, String basis) {
        return with(title, factText, amount, level, leadUnit, coUnits, due, basis);
    }

    /** The same facts with other co-organisers: the claiming unit may name them. */
    public Registration withCoUnits(List<String> others) {
        return ledBy(leadUnit, others);
    }

    /** The same facts under the lead of another unit, which is then no co-organiser any more. */
    public Registration withLeadUnit(String unit) {
        return ledBy(unit, coUnits.stream().filter(other -> !other.equals(unit)).toList());
    }

    /** The same facts after one unit's share went to another. */
    public Registration handedOver(String from, String to) {
        String lead = leadUnit.equals(from) ? to : leadUnit;
        return ledBy(
                lead,
                coUnits.stream()
                        .map(unit -> unit.equals(from) ? to : unit)
                        .filter(unit -> !unit.equals(lead))
                        .distinct()
                        .toList());
    }

    /** A part of the same problem, with a fact, a unit and a date of its own; the source stays. */
    public Registration part(String partTitle, String partFact, String unit, LocalDate due, String dueBasis) {
        return with(partTitle, partFact, amount, level, unit, List.of(), due, dueBasis);
    }

    private Registration ledBy(String unit, List<String> others) {
        return with(title, factText, amount, level, unit, others, sourceDue, sourceDueBasis);
    }

    private Registration with(
            String otherTitle,
            String otherFact,
            BigDecimal otherAmount,
            int otherLevel,
            String unit,
            List<String> others,
            LocalDate due,
            String basis) {
        return new Registration(
                campaignCode,
                sourceType,
                sourceDocNo,
                sourceSeq,
                foundDate,
                foundBy,
                otherTitle,
                otherFact,
                location,
                subject,
                otherAmount,
                category,
                otherLevel,
                urgency,
                systemic,
                visibility,
                unit,
                others,
                due,
                basis);
    }
}
