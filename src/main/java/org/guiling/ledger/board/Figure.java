package org.guiling.ledger.board;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.guiling.ledger.board.DatedFigures.Group;
import org.guiling.text.Texts;

/**
 * One of the figures that are published of a group of items (DOMAIN.md §5), in the same words on the board, in the export and in
 * the report.
 *
 * @param key of its texts: {@code key}, {@code key.short} and {@code key.hint}
 * @param kind what its number is
 * @param number with one decimal; null where it is not scored, or where there is nothing to tell it of
 * @param part of how many; null unless a share
 * @param whole how many it is told of
 * @param scored false for a group of fewer than five items
 */
public record Figure(String key, Kind kind, BigDecimal number, Long part, long whole, boolean scored) {

    private static final String RATE = "Rate.";

    /** The unit of a number. */
    public enum Kind {
        /** In percent. */
        SHARE,
        /** 自然日 */
        DAYS,
        /** 工作日 */
        WORKING_DAYS
    }

    /** All of them, always in the same order: 核查退回率 and 退单率 are two figures that stand beside each other. */
    public static List<Figure> of(Group group) {
        List<Figure> figures = new ArrayList<>();
        for (Rate rate : Rate.values()) {
            figures.add(share(
                    group,
                    RATE + rate,
                    group.percent(rate),
                    group.sets().get(rate.part()),
                    group.sets().get(rate.whole())));
            if (rate == Rate.RETURNED) {
                figures.add(
                        share(group, "Figure.DECLINED", group.declinedPercent(), group.declined(), group.dispatches()));
            }
        }
        DatedFigures.Duration duration = group.duration();
        figures.add(time(group, "Figure.MEAN_DAYS", Kind.DAYS, duration.meanDays()));
        figures.add(time(group, "Figure.MEDIAN_DAYS", Kind.DAYS, duration.medianDays()));
        figures.add(time(group, "Figure.MEAN_WORKING_DAYS", Kind.WORKING_DAYS, duration.meanWorkingDays()));
        figures.add(time(group, "Figure.MEDIAN_WORKING_DAYS", Kind.WORKING_DAYS, duration.medianWorkingDays()));
        return figures;
    }

    private static Figure share(Group group, String key, BigDecimal percent, long part, long whole) {
        return new Figure(key, Kind.SHARE, percent, part, whole, group.isScored());
    }

    private static Figure time(Group group, String key, Kind kind, BigDecimal days) {
        return new Figure(
                key,
                kind,
                group.isScored() ? days : null,
                null,
                group.duration().items(),
                group.isScored());
    }

    /** False for what counts actions or days: there is no list of items behind it. */
    public boolean isRate() {
        return key.startsWith(RATE);
    }

    public String name(Texts texts) {
        return texts.get(key);
    }

    /** For the head of a narrow column. */
    public String shortName(Texts texts) {
        return texts.get(key + ".short");
    }

    /** As it is shown, {@code 40.0%}; a dash where there is nothing to tell it of, and otherwise why there is no number. */
    public String text(Texts texts) {
        if (whole == 0) {
            return "—";
        }
        if (!scored) {
            return texts.get("board.unscored");
        }
        return switch (kind) {
            case SHARE -> number.toPlainString() + "%";
            case DAYS -> texts.get("figure.days", number.toPlainString());
            case WORKING_DAYS -> texts.get("figure.working-days", number.toPlainString());
        };
    }

    /** The basis of the number: {@code 2 / 5} for a rate, else the number of items that the time is of. */
    public String basis(Texts texts) {
        return kind == Kind.SHARE ? part + " / " + whole : texts.get("figure.of-items", whole);
    }
}
