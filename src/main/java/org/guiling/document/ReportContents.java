package org.guiling.document;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.guiling.document.DocumentContent.FigureRow;
import org.guiling.document.DocumentContent.LedgerRow;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.ledger.board.DatedFigures;
import org.guiling.ledger.board.DatedFigures.Group;
import org.guiling.ledger.board.Figure;
import org.guiling.ledger.board.Rate;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.search.UnitLedger;
import org.guiling.ledger.search.UnitLedger.Line;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/**
 * Reads what the rectification report of a unit and a period says, as far as the reader may see its items. Its ledger lists
 * wholes and parts; what it counts are the parts.
 */
@Component
class ReportContents {

    /** A table in a text is for reading; whoever wants more takes the ledger as a workbook. */
    private static final int LARGEST = 500;

    private final VisibleItems visibleItems;
    private final UnitLedger ledger;
    private final DatedFigures datedFigures;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Wording wording;
    private final OfficeClock clock;

    ReportContents(
            VisibleItems visibleItems,
            UnitLedger ledger,
            DatedFigures datedFigures,
            Organization organization,
            CurrentPerson currentPerson,
            Wording wording,
            OfficeClock clock) {
        this.visibleItems = visibleItems;
        this.ledger = ledger;
        this.datedFigures = datedFigures;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * The report of a unit and those below it.
     *
     * @throws RefusedException when there is no such unit, it is none of the reader's, the period is none or has not begun,
     *     or there are too many items
     */
    DocumentContent.RectificationReport of(String unitCode, LocalDate from, LocalDate to) {
        Unit unit = unitOfReader(unitCode);
        LocalDate today = clock.today();
        if (to.isBefore(from)) {
            throw RefusedException.invalid("to", "refusal.document.period");
        }
        if (to.isAfter(today)) {
            throw RefusedException.invalid("to", "refusal.date.future");
        }
        List<Line> lines = ledger.lines(visibleItems.scope(), organization.withBelow(unitCode), from, to, LARGEST + 1);
        if (lines.size() > LARGEST) {
            throw RefusedException.conflict("refusal.document.report-large", LARGEST);
        }
        List<Line> counted = lines.stream().filter(line -> !line.split()).toList();
        long closed = count(counted, line -> line.status() == ItemStatus.CLOSED);
        return new DocumentContent.RectificationReport(
                unit.name(),
                wording.year(today),
                wording.day(from),
                wording.day(to),
                wording.day(today),
                wording.number(counted.size()),
                wording.number(lines.size() - counted.size()),
                wording.number(closed),
                wording.number(count(
                        counted,
                        line -> line.closedOn() != null && !line.closedOn().isAfter(to))),
                wording.number(counted.size() - closed),
                wording.number(count(counted, line -> line.light() == Light.RED)),
                rate(closed, counted.size()),
                figures(unitCode, to),
                rows(lines));
    }

    private Unit unitOfReader(String code) {
        boolean visible = visibleItems.areOfTheCity()
                || currentPerson.get().unitCodes().stream()
                        .anyMatch(own -> organization.withBelow(own).contains(code));
        return organization
                .unit(code)
                .filter(unit -> visible)
                .orElseThrow(() -> RefusedException.notFound("refusal.unit-unknown", code));
    }

    private static long count(List<Line> lines, Predicate<Line> which) {
        return lines.stream().filter(which).count();
    }

    /** A zero denominator shows a dash, and fewer than five items are not scored (DOMAIN.md §5). */
    private String rate(long part, long whole) {
        return whole == 0
                ? "—"
                : whole < Rate.FEWEST_SCORED
                        ? wording.text("board.unscored")
                        : Rate.percent(part, whole).toPlainString() + "%";
    }

    /** As the record stood at the end of the period; a dash each where it ended before the first item. */
    private List<FigureRow> figures(String unitCode, LocalDate to) {
        DataScope scope = visibleItems.scope();
        LocalDate first = datedFigures.firstDay(scope);
        if (first == null || to.isBefore(first)) {
            return List.of(new FigureRow(wording.text("board.figures.none"), "—", ""));
        }
        Group group = datedFigures.total(scope, LedgerFilter.counting(null, null), unitCode, to);
        return Figure.of(group).stream().map(wording::figure).toList();
    }

    private List<LedgerRow> rows(List<Line> lines) {
        List<LedgerRow> rows = new ArrayList<>();
        for (Line line : lines) {
            rows.add(new LedgerRow(
                    wording.number(rows.size() + 1L),
                    line.itemNo(),
                    wording.entered(line.title()),
                    numbered(line.measures()),
                    wording.unit(line.leadUnit()),
                    wording.entered(line.principal()),
                    wording.shortDay(line.due()),
                    wording.entered(line.result()),
                    wording.label(line.status()),
                    wording.shortDay(line.closedOn())));
        }
        return rows.isEmpty() ? List.of(new LedgerRow("", "", "", "", "", "", "", "", "", "")) : rows;
    }

    private static String numbered(List<String> measures) {
        return measures.size() == 1
                ? measures.get(0)
                : IntStream.range(0, measures.size())
                        .mapToObj(i -> (i + 1) + ". " + measures.get(i))
                        .collect(Collectors.joining("\n"));
    }
}
