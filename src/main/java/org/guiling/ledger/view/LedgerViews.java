package org.guiling.ledger.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.guiling.ledger.export.LedgerColumns;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.Words;
import org.guiling.refusal.RefusedException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps each person's columns and saved views of the ledger. Nobody sees or changes another's. */
@Service
@Transactional
public class LedgerViews {

    static final int LIMIT = 20;
    static final int LONGEST_NAME = 30;
    private static final int LONGEST_FILTER = 2000;

    private final JdbcClient jdbc;
    private final LedgerColumns columns;

    LedgerViews(JdbcClient jdbc, LedgerColumns columns) {
        this.jdbc = jdbc;
        this.columns = columns;
    }

    /** The columns that the person chose; the usual ones when they chose none. */
    @Transactional(readOnly = true)
    public List<String> columnsOf(String personId) {
        return jdbc.sql("select columns from ledger_columns where person_id = ?")
                .param(personId)
                .query((row, index) -> known(row))
                .optional()
                .orElse(LedgerColumns.USUAL);
    }

    /** @throws RefusedException when one of the columns does not exist, or there is none */
    public void chooseColumns(String personId, List<String> keys) {
        jdbc.sql("""
                        insert into ledger_columns (person_id, columns) values (:person, :columns)
                        on conflict (person_id) do update set columns = excluded.columns""")
                .param("person", personId)
                .param("columns", columns.checked(keys).toArray(String[]::new))
                .update();
    }

    /** Back to the usual columns. */
    public void forgetColumns(String personId) {
        jdbc.sql("delete from ledger_columns where person_id = ?")
                .param(personId)
                .update();
    }

    /** The person's views in the order of their making. */
    @Transactional(readOnly = true)
    public List<LedgerView> of(String personId) {
        return jdbc.sql("select * from ledger_view where person_id = ? order by id")
                .param(personId)
                .query(LedgerViews::view)
                .list();
    }

    /** One of the person's views; empty when they have no such view. */
    @Transactional(readOnly = true)
    public Optional<LedgerView> find(String personId, long id) {
        return jdbc.sql("select * from ledger_view where person_id = ? and id = ?")
                .params(personId, id)
                .query(LedgerViews::view)
                .optional();
    }

    /**
     * Keeps a view under a new name.
     *
     * @return its id
     * @throws RefusedException when the name is empty, too long or taken, or there are too many views
     */
    public long save(String personId, String name, LedgerView.Content content) {
        String checkedName = name(personId, name, null);
        requireShort(content);
        // Two at once must not both be the last one that there is room for.
        jdbc.sql("select from person where id = ? for no key update")
                .param(personId)
                .query()
                .listOfRows();
        int views = jdbc.sql("select count(*) from ledger_view where person_id = ?")
                .param(personId)
                .query(Integer.class)
                .single();
        if (views >= LIMIT) {
            throw RefusedException.invalid("name", "ledger.view.most", LIMIT);
        }
        try {
            return jdbc.sql("""
                            insert into ledger_view (person_id, name, filter, sort, columns)
                            values (?, ?, ?, ?, ?) returning id""")
                    .params(
                            personId,
                            checkedName,
                            content.filter(),
                            content.sort().name(),
                            columns.checked(content.columns()).toArray(String[]::new))
                    .query(Long.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw RefusedException.invalid("name", "ledger.view.taken", checkedName);
        }
    }

    /** @throws RefusedException when there is no such view, or the name is empty, too long or taken */
    public void rename(String personId, long id, String name) {
        requireFound(jdbc.sql("update ledger_view set name = ? where person_id = ? and id = ?")
                .params(name(personId, name, id), personId, id)
                .update());
    }

    /** Replaces what the view shows. @throws RefusedException when there is no such view */
    public void overwrite(String personId, long id, LedgerView.Content content) {
        requireShort(content);
        requireFound(jdbc.sql("""
                        update ledger_view set filter = ?, sort = ?, columns = ? where person_id = ? and id = ?""")
                .params(
                        content.filter(),
                        content.sort().name(),
                        columns.checked(content.columns()).toArray(String[]::new),
                        personId,
                        id)
                .update());
    }

    /**
     * Decides what the ledger opens with: this view, or none any more.
     *
     * @throws RefusedException when there is no such view
     */
    public void setFirst(String personId, long id, boolean first) {
        jdbc.sql("update ledger_view set is_first = false where person_id = ? and is_first")
                .param(personId)
                .update();
        requireFound(jdbc.sql("update ledger_view set is_first = ? where person_id = ? and id = ?")
                .params(first, personId, id)
                .update());
    }

    /** @throws RefusedException when there is no such view */
    public void delete(String personId, long id) {
        requireFound(jdbc.sql("delete from ledger_view where person_id = ? and id = ?")
                .params(personId, id)
                .update());
    }

    /** @param own the view that may have the name already; null for none */
    private String name(String personId, String name, Long own) {
        String stripped = name == null ? "" : Words.storable(name.strip());
        if (stripped.isEmpty()) {
            throw RefusedException.invalid("name", "ledger.view.nameless");
        }
        if (stripped.codePointCount(0, stripped.length()) > LONGEST_NAME) {
            throw RefusedException.invalid("name", "ledger.view.name-long", LONGEST_NAME);
        }
        boolean taken = of(personId).stream()
                .anyMatch(view -> view.name().equals(stripped) && (own == null || view.id() != own));
        if (taken) {
            throw RefusedException.invalid("name", "ledger.view.taken", stripped);
        }
        return stripped;
    }

    private static void requireShort(LedgerView.Content content) {
        if (content.filter().length() > LONGEST_FILTER) {
            throw RefusedException.invalid("filter", "ledger.view.filter-long");
        }
    }

    private static void requireFound(int rows) {
        if (rows == 0) {
            throw RefusedException.notFound("ledger.view.unknown");
        }
    }

    private static LedgerView view(ResultSet row, int index) throws SQLException {
        return new LedgerView(
                row.getLong("id"),
                row.getString("name"),
                row.getString("filter"),
                Ledger.Sort.valueOf(row.getString("sort")),
                known(row),
                row.getBoolean("is_first"));
    }

    /** The chosen columns, without those that a later version no longer has. */
    private static List<String> known(ResultSet row) throws SQLException {
        List<String> known = LedgerColumns.keys();
        List<String> chosen = List.of((String[]) row.getArray("columns").getArray());
        List<String> left = chosen.stream().filter(known::contains).toList();
        return left.isEmpty() ? LedgerColumns.USUAL : left;
    }
}
