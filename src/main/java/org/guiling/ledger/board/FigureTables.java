package org.guiling.ledger.board;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.customization.Code;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.DatedFigures.Group;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.organization.Tier;
import org.guiling.organization.UnitOrder;
import org.guiling.text.Texts;
import org.springframework.stereotype.Service;

/** The figures of a day as a table: a row for all items, and one for each group, by its name and in its usual place. */
@Service
public class FigureTables {

    private final DatedFigures figures;
    private final UnitOrder unitOrder;
    private final CodeLists codeLists;
    private final Texts texts;

    FigureTables(DatedFigures figures, UnitOrder unitOrder, CodeLists codeLists, Texts texts) {
        this.figures = figures;
        this.unitOrder = unitOrder;
        this.codeLists = codeLists;
        this.texts = texts;
    }

    /**
     * A row.
     *
     * @param name of the group, in the language of the request; null for all
     * @param depth how many units are above it; 0 for what is no unit
     * @param rated how many items its figures are told of
     */
    public record Row(String name, int depth, long rated, boolean scored, List<Figure> figures) {

        static Row of(String name, int depth, Group group) {
            return new Row(name, depth, group.sets().get(CountedSet.RATED), group.isScored(), Figure.of(group));
        }
    }

    /**
     * The figures of all items, which come first, and of each group that has any. Units stand in the order of their tree and
     * codes in that of their list: nobody is ranked.
     *
     * @param unit code of the unit that led them on the day, or one below it did; null for any
     * @throws org.guiling.item.RefusedException when the day is in the future or before the first item
     */
    public List<Row> rows(DataScope scope, LedgerFilter filter, String unit, LocalDate day, Grouping grouping) {
        List<Group> groups = figures.groups(scope, filter, unit, day, grouping);
        Map<String, Group> byKey = groups.stream()
                .filter(group -> group.key() != null)
                .collect(Collectors.toMap(Group::key, Function.identity(), (one, other) -> one, HashMap::new));
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(null, 0, groups.get(0)));
        for (Place place : places(grouping)) {
            Group group = byKey.remove(place.key);
            if (group != null) {
                rows.add(Row.of(place.name, place.depth, group));
            }
        }
        // A code that the lists no longer know still has its items.
        new TreeMap<>(byKey).forEach((key, group) -> rows.add(Row.of(key, 0, group)));
        return rows;
    }

    /**
     * Looks at a day before anything is told of it.
     *
     * @throws org.guiling.item.RefusedException when the day is in the future or before the first item
     */
    public void check(DataScope scope, LocalDate day) {
        figures.check(scope, day);
    }

    private record Place(String key, String name, int depth) {}

    private List<Place> places(Grouping grouping) {
        return switch (grouping) {
            case UNIT ->
                unitOrder.places().stream()
                        .map(place ->
                                new Place(place.unit().code(), place.unit().name(), place.depth()))
                        .toList();
            case TIER ->
                Arrays.stream(Tier.values())
                        .map(tier -> new Place(tier.name(), texts.label(tier), 0))
                        .toList();
            case CATEGORY -> codes(CodeList.CATEGORY);
            case SOURCE -> codes(CodeList.SOURCE_TYPE);
        };
    }

    private List<Place> codes(CodeList list) {
        return codeLists.known(list).stream()
                .map(Code::code)
                .map(code -> new Place(code, texts.label(list.kind(), code), 0))
                .toList();
    }
}
