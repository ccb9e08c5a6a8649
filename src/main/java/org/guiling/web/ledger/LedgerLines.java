package org.guiling.web.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Light;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.ledger.export.LedgerColumns;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.organization.CurrentPerson;
import org.guiling.text.Texts;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The lines and columns of the ledger as its page shows them. */
@Component
class LedgerLines {

    /** Columns that the list shows in a way of their own. */
    private static final Set<String> TITLE = Set.of("title", "itemNo");

    private final VisibleItems items;
    private final LedgerColumns ledgerColumns;
    private final ToDos toDos;
    private final CurrentPerson currentPerson;
    private final Dues dues;
    private final Texts texts;

    LedgerLines(
            VisibleItems items,
            LedgerColumns ledgerColumns,
            ToDos toDos,
            CurrentPerson currentPerson,
            Dues dues,
            Texts texts) {
        this.items = items;
        this.ledgerColumns = ledgerColumns;
        this.toDos = toDos;
        this.currentPerson = currentPerson;
        this.dues = dues;
        this.texts = texts;
    }

    /**
     * One item. All that is the same for a whole column is worked out here once, not in the template for each row.
     *
     * @param choose what its check box is called
     * @param claimable whether something at it waits for the reader's groups
     */
    record Line(String itemNo, String title, String choose, boolean claimable, List<Cell> cells) {}

    /**
     * The content of a column: a light, a due date, or a text.
     *
     * @param label for a phone, where columns have no head; null for what needs none
     */
    record Cell(String label, Light light, Due due, String text) {}

    void addTo(Model model, List<LedgerEntry> entries, List<String> columns) {
        List<String> itemNos = entries.stream().map(LedgerEntry::itemNo).toList();
        Set<String> claimable = toDos.claimableAt(itemNos, currentPerson.get());
        Map<String, Map<String, String>> cells = ledgerColumns.cells(items.scope(), itemNos, columns);
        Map<String, String> names = ledgerColumns.names(shown(columns));
        model.addAttribute(
                "lines",
                entries.stream()
                        .map(entry -> line(entry, names, claimable, cells.getOrDefault(entry.itemNo(), Map.of())))
                        .toList());
        model.addAttribute("claimable", !claimable.isEmpty());
    }

    /** The columns that are shown, exported and hidden. */
    void addColumnsTo(Model model, List<String> columns) {
        List<String> shown = shown(columns);
        model.addAttribute("columns", ledgerColumns.names(shown));
        model.addAttribute("exportColumns", exported(columns));
        model.addAttribute(
                "hiddenColumns",
                ledgerColumns.names(LedgerColumns.keys().stream()
                        .filter(key -> !shown.contains(key) && !TITLE.contains(key))
                        .toList()));
    }

    private Line line(LedgerEntry entry, Map<String, String> names, Set<String> claimable, Map<String, String> values) {
        return new Line(
                entry.itemNo(),
                entry.title(),
                texts.get("ledger.selection.choose", entry.itemNo(), entry.title()),
                claimable.contains(entry.itemNo()),
                names.entrySet().stream()
                        .map(column -> cell(entry, column, values.getOrDefault(column.getKey(), "")))
                        .toList());
    }

    private Cell cell(LedgerEntry entry, Map.Entry<String, String> column, String value) {
        return switch (column.getKey()) {
            case "light" -> new Cell(null, entry.light(), null, null);
            case "currentDue" ->
                entry.status().isOpen()
                        ? new Cell(null, null, dues.of(entry), null)
                        : new Cell(null, null, null, value);
            default -> new Cell(column.getValue(), null, null, value);
        };
    }

    /** The columns beside the one with title and number. */
    private static List<String> shown(List<String> columns) {
        return columns.stream().filter(key -> !TITLE.contains(key)).toList();
    }

    /** Number and title are always there, and come first. */
    static List<String> exported(List<String> columns) {
        LinkedHashSet<String> exported = new LinkedHashSet<>(List.of("itemNo", "title"));
        exported.addAll(columns);
        return List.copyOf(exported);
    }
}
