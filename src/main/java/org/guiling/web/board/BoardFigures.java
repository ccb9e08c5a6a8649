package org.guiling.web.board;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.Board;
import org.guiling.ledger.board.Board.Cell;
import org.guiling.ledger.board.Board.Sizes;
import org.guiling.ledger.board.Figure;
import org.guiling.ledger.board.Rate;
import org.guiling.ledger.search.CountedSet;
import org.guiling.organization.Organization;
import org.guiling.organization.Unit;
import org.guiling.organization.UnitOrder;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/** The board's figures: what is open under which light, the rates, and units by steps. */
@Component
class BoardFigures {

    /** The lights of what is open, the gravest first. */
    private static final List<Light> LIGHTS = List.of(Light.RED, Light.YELLOW, Light.GREEN, Light.GREY);

    /** Those that a unit's row has. */
    private static final List<Rate> OF_UNITS = List.of(Rate.CLOSED, Rate.ON_TIME, Rate.ON_TIME_ORIGINALLY);

    private final Board board;
    private final Organization organization;
    private final UnitOrder unitOrder;
    private final OfficeClock clock;

    BoardFigures(Board board, Organization organization, UnitOrder unitOrder, OfficeClock clock) {
        this.board = board;
        this.organization = organization;
        this.unitOrder = unitOrder;
        this.clock = clock;
    }

    /**
     * The present state of the ledger.
     *
     * @param times 退单率 and 平均整改时长, which count actions and days and lead to no list
     * @param registeredSince when the first item was registered; null without any
     * @param dueUntil the last date in force; null without any
     */
    record Standing(
            List<Head> heads,
            boolean scored,
            List<Share> shares,
            List<Figure> times,
            Matrix matrix,
            LocalDate registeredSince,
            LocalDate dueUntil) {}

    /**
     * A figure of the head.
     *
     * @param key of its texts
     * @param alarming whether it is not zero and should be
     */
    record Head(String key, LinkedCount count, boolean alarming) {}

    /**
     * A rate.
     *
     * @param percent with one decimal; null where there is nothing to divide by
     */
    record Share(Rate rate, String percent, LinkedCount part, LinkedCount whole) {}

    record LightCount(Light light, LinkedCount count) {}

    /**
     * The open items of a row at a step, in all and by the lights that there are; without a link where there are none.
     */
    record MatrixCell(Step step, LinkedCount total, List<LightCount> lights) {}

    /**
     * A unit's row, or that of the sums.
     *
     * @param unit its name; null for the sums
     * @param depth how many units above it there are
     * @param rated how many items its rates are told of
     * @param scored whether they are enough
     */
    record MatrixRow(
            String unit,
            int depth,
            List<MatrixCell> cells,
            MatrixCell all,
            LinkedCount rated,
            boolean scored,
            List<Share> shares) {}

    /** @param idleUnits how many units have no items and no row */
    record Matrix(List<MatrixRow> rows, MatrixRow sums, long idleUnits) {}

    Standing of(DataScope scope, BoardFilter filter) {
        LocalDate today = clock.today();
        List<Cell> cells = board.cells(scope, filter.ledger(), today);
        Board.Standing standing = board.standing(scope, filter.ledger(), today);
        List<Sizes> sizes = standing.units();
        MatrixRow sums = row(null, 0, null, cells, sizes, filter);
        Map<CountedSet, Long> sets = sum(sizes);
        return new Standing(
                heads(cells, sets, filter),
                sums.scored(),
                Arrays.stream(Rate.values())
                        .map(rate -> share(rate, sets, null, filter))
                        .toList(),
                Figure.of(standing.all()).stream()
                        .filter(figure -> !figure.isRate())
                        .toList(),
                matrix(cells, sizes, sums, filter),
                sizes.stream()
                        .map(Sizes::registeredSince)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                sizes.stream()
                        .map(Sizes::dueUntil)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    LinkedCount open(DataScope scope, BoardFilter filter) {
        return new LinkedCount(
                sum(board.cells(scope, filter.ledger(), clock.today()), cell -> true),
                filter.link("counted.set", CountedSet.OPEN));
    }

    private static List<Head> heads(List<Cell> cells, Map<CountedSet, Long> sets, BoardFilter filter) {
        List<Head> heads = new ArrayList<>();
        heads.add(new Head("open", count(CountedSet.OPEN, sets, null, filter), false));
        for (Light light : LIGHTS) {
            long count = sum(cells, cell -> cell.light() == light);
            heads.add(new Head(
                    light.name(), light(light, count, null, null, filter).count(), light == Light.RED && count > 0));
        }
        heads.add(new Head("closed", count(CountedSet.CLOSED, sets, null, filter), false));
        return heads;
    }

    /** In the order of the tree, never by what the figures say; a unit that is closed has a row while it has items. */
    private Matrix matrix(List<Cell> cells, List<Sizes> sizes, MatrixRow sums, BoardFilter filter) {
        Map<String, List<Cell>> cellsOf = cells.stream().collect(Collectors.groupingBy(Cell::unit));
        Map<String, List<Sizes>> sizesOf = sizes.stream().collect(Collectors.groupingBy(Sizes::unit));
        List<MatrixRow> rows = unitOrder.places().stream()
                .filter(place -> sizesOf.containsKey(place.unit().code()))
                .map(place -> row(
                        place.unit().name(),
                        place.depth(),
                        place.unit().code(),
                        cellsOf.getOrDefault(place.unit().code(), List.of()),
                        sizesOf.get(place.unit().code()),
                        filter))
                .toList();
        long idle = organization.units().stream()
                .map(Unit::code)
                .filter(unit -> !sizesOf.containsKey(unit))
                .filter(unit -> filter.unit() == null
                        || filter.unit().isBlank()
                        || organization.withBelow(filter.unit()).contains(unit))
                .count();
        return new Matrix(rows, sums, idle);
    }

    /** @param unit code of the lead unit; null for all */
    private static MatrixRow row(
            String name, int depth, String unit, List<Cell> cells, List<Sizes> sizes, BoardFilter filter) {
        Map<CountedSet, Long> sets = sum(sizes);
        return new MatrixRow(
                name,
                depth,
                Arrays.stream(Step.values())
                        .map(step -> cell(step, unit, cells, filter))
                        .toList(),
                cell(null, unit, cells, filter),
                count(CountedSet.RATED, sets, unit, filter),
                sets.get(CountedSet.RATED) >= Rate.FEWEST_SCORED,
                OF_UNITS.stream().map(rate -> share(rate, sets, unit, filter)).toList());
    }

    /** @param step null for all steps */
    private static MatrixCell cell(Step step, String unit, List<Cell> cells, BoardFilter filter) {
        Predicate<Cell> here = cell -> step == null || cell.step() == step;
        long total = sum(cells, here);
        return new MatrixCell(
                step,
                new LinkedCount(
                        total,
                        total == 0
                                ? null
                                : filter.link("counted.set", CountedSet.OPEN, "leadUnit", unit, "step", step)),
                LIGHTS.stream()
                        .map(light ->
                                light(light, sum(cells, here.and(cell -> cell.light() == light)), step, unit, filter))
                        .filter(light -> light.count().count() > 0)
                        .toList());
    }

    private static LightCount light(Light light, long count, Step step, String unit, BoardFilter filter) {
        return new LightCount(
                light,
                new LinkedCount(
                        count,
                        filter.link("counted.set", CountedSet.OPEN, "leadUnit", unit, "step", step, "light", light)));
    }

    private static Share share(Rate rate, Map<CountedSet, Long> sets, String unit, BoardFilter filter) {
        LinkedCount part = count(rate.part(), sets, unit, filter);
        LinkedCount whole = count(rate.whole(), sets, unit, filter);
        BigDecimal percent = Rate.percent(part.count(), whole.count());
        return new Share(rate, percent == null ? null : percent.toPlainString(), part, whole);
    }

    private static LinkedCount count(CountedSet set, Map<CountedSet, Long> sets, String unit, BoardFilter filter) {
        return new LinkedCount(sets.get(set), filter.link("counted.set", set, "leadUnit", unit));
    }

    private static Map<CountedSet, Long> sum(List<Sizes> sizes) {
        Map<CountedSet, Long> sets = new EnumMap<>(CountedSet.class);
        for (CountedSet set : CountedSet.values()) {
            sets.put(set, sizes.stream().mapToLong(size -> size.sets().get(set)).sum());
        }
        return sets;
    }

    private static long sum(List<Cell> cells, Predicate<Cell> which) {
        return cells.stream().filter(which).mapToLong(Cell::items).sum();
    }
}
