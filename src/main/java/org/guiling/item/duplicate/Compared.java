package org.guiling.item.duplicate;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.guiling.item.Registration;
import org.guiling.item.duplicate.Duplicate.Difference;
import org.guiling.item.duplicate.DuplicateThresholds.Threshold;
import org.guiling.organization.Organization;

/**
 * The facts of a problem that the duplicate search (查重) compares.
 *
 * @param place null for none
 * @param unit code of the lead unit
 * @param seq the source's number, or null
 */
record Compared(String title, String fact, String place, String unit, LocalDate found, String docNo, String seq) {

    private static final int SAME = 100;
    private static final int TEXT_WEIGHT = 80;
    private static final int UNIT_WEIGHT = 10;
    private static final int TIME_WEIGHT = 10;
    private static final long DAYS_ALIKE = 30;
    private static final long DAYS_APART = 365;

    static Compared of(Registration facts) {
        return new Compared(
                facts.title(),
                facts.factText(),
                facts.location(),
                facts.leadUnit(),
                facts.foundDate(),
                facts.sourceDocNo(),
                facts.sourceSeq());
    }

    /** The same without the number of the source, for where it only counts lines. */
    Compared withoutNumber() {
        return new Compared(title, fact, place, unit, found, docNo, null);
    }

    /** The likeness of the two in percent; 0 for what is another problem whatever it says. */
    int percent(Compared other, Threshold threshold) {
        boolean numbered = seq != null && other.seq != null;
        if (numbered && docNo.equals(other.docNo)) {
            return seq.equals(other.seq) ? SAME : 0;
        }
        if (!Likeness.isSamePlace(place, other.place, threshold.placePercent())) {
            return 0;
        }
        long days = Math.abs(ChronoUnit.DAYS.between(found, other.found));
        double time = days <= DAYS_ALIKE ? 1 : Math.max(0, (double) (DAYS_APART - days) / (DAYS_APART - DAYS_ALIKE));
        double all = TEXT_WEIGHT * text(other) + (unit.equals(other.unit) ? UNIT_WEIGHT : 0) + TIME_WEIGHT * time;
        return (int) Math.floor(all);
    }

    /** The same fact may have another title, and the same title stands for the same fact until somebody says otherwise. */
    private double text(Compared other) {
        double titles = Likeness.of(title, other.title);
        double facts = Likeness.of(fact, other.fact);
        return titles == 1 ? 1 : Math.max(facts, (titles + facts) / 2);
    }

    /** True where a list has the same text once for each of several things that it only numbers. */
    boolean isNumberedApart(Compared other) {
        return Likeness.isNumberedApart(fact, other.fact)
                || Likeness.isNumberedApart(title, other.title) && fact.equals(other.fact);
    }

    List<Difference> differences(Compared other, Organization organization) {
        List<Difference> differences = new ArrayList<>();
        add(differences, "title", title, other.title);
        add(differences, "factText", fact, other.fact);
        add(differences, "location", place, other.place);
        add(differences, "leadUnit", organization.unitName(unit), organization.unitName(other.unit));
        add(differences, "foundDate", found.toString(), other.found.toString());
        return differences;
    }

    private static void add(List<Difference> differences, String field, String here, String there) {
        if (!Objects.equals(here, there)) {
            String[] marked = Likeness.marked(here, there);
            differences.add(new Difference(field, marked[0], marked[1]));
        }
    }
}
