package org.guiling.ledger.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.item.access.DataScope;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The list of all items, page by page. */
@Service
public class Ledger {

    /** Nobody reads further; to count a million takes a second. */
    public static final int MOST_COUNTED = 10_000;

    private static final int LONGEST_PAGE = 200;
    private static final String NO_DUE = "infinity";

    /** That people were told, or refused something, changes nothing. */
    private static final String UPDATED = " and exists (select from timeline where timeline.item_id = item.id"
            + " and timeline.at >= :updatedSince and timeline.action not in ('NOTIFIED', 'REFUSED'))";

    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Ledger(JdbcClient jdbc, OfficeClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The order of the list. */
    public enum Sort {
        /** The most urgent first; what has no date, or has ended and is not urgent any more, last. */
        DUE(" order by clock.urgency, clock.item_id"),
        /** The newest first. */
        NEWEST(" order by clock.item_id desc"),
        /** As they were registered. */
        REGISTERED(" order by clock.item_id");

        private final String orderBy;

        Sort(String orderBy) {
            this.orderBy = orderBy;
        }

        /** For {@code item} and {@code item_clock}. */
        public String orderBy() {
            return orderBy;
        }
    }

    /**
     * One page.
     *
     * @param next the cursor of the next page; null on the last
     */
    public record Page(List<LedgerEntry> items, String next) {}

    /**
     * A page of the items that scope and filter admit. Pages continue behind the last item that was seen, so that items
     * which come or go in between neither repeat nor hide others.
     *
     * @param cursor {@link Page#next} of the page before, or null for the first
     * @param limit how many items at most; between 1 and 200
     * @throws RefusedException when the cursor is none of this sort's
     */
    @Transactional(readOnly = true)
    public Page page(DataScope scope, LedgerFilter filter, Sort sort, String cursor, int limit) {
        return page(scope, filter, null, sort, cursor, limit);
    }

    /**
     * The same of those to which something was done since a moment, for programs that keep a copy.
     *
     * @param updatedSince null for all
     */
    @Transactional(readOnly = true)
    public Page page(DataScope scope, LedgerFilter filter, Instant updatedSince, Sort sort, String cursor, int limit) {
        LedgerFilter.Where where = filter.where(clock.today(), scope);
        Map<String, Object> parameters = new HashMap<>(where.parameters());
        int size = Math.max(1, Math.min(limit, LONGEST_PAGE));
        parameters.put("limit", size + 1);
        String behind = "";
        String updated = "";
        if (updatedSince != null) {
            updated = UPDATED;
            parameters.put("updatedSince", updatedSince.atOffset(ZoneOffset.UTC));
        }
        if (cursor != null) {
            Cursor last = Cursor.read(sort, cursor);
            parameters.put("id", last.id());
            behind = switch (sort) {
                case DUE -> " and (clock.urgency, clock.item_id) > (cast(:due as date), :id)";
                case NEWEST -> " and clock.item_id < :id";
                case REGISTERED -> " and clock.item_id > :id";
            };
            if (sort == Sort.DUE) {
                parameters.put("due", last.due());
            }
        }
        List<LedgerEntry> found = jdbc.sql(LedgerSql.ENTRIES + "where " + where.sql() + updated + behind
                        + sort.orderBy() + " limit :limit")
                .params(parameters)
                .query(LedgerSql::entry)
                .list();
        if (found.size() <= size) {
            return new Page(found, null);
        }
        List<LedgerEntry> items = found.subList(0, size);
        return new Page(List.copyOf(items), Cursor.behind(items.get(size - 1)).written(sort));
    }

    /** Number of items that scope and filter admit; one more than {@link #MOST_COUNTED} where there are more. */
    @Transactional(readOnly = true)
    public long count(DataScope scope, LedgerFilter filter) {
        LedgerFilter.Where where = filter.where(clock.today(), scope);
        return jdbc.sql("select count(*) from (select" + LedgerSql.FROM + "where " + where.sql()
                        + " limit :most) found")
                .params(where.parameters())
                .param("most", MOST_COUNTED + 1)
                .query(Long.class)
                .single();
    }

    /**
     * The numbers of the items found by a subject that lists mask: a word of the search is in it, and nowhere else.
     *
     * @param found what {@link #page} has shown for the filter
     */
    @Transactional(readOnly = true)
    public List<String> foundBySubject(List<LedgerEntry> found, LedgerFilter filter) {
        List<Words.Word> words = Words.in(filter.text());
        if (words.isEmpty() || found.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select item.item_no from item join item_text on item_text.item_id = item.id
                        where item.id = any (:found) and item_text.subject is not null
                          and exists (select from unnest(cast(:patterns as text[])) pattern
                              where item_text.subject like pattern and item_text.words not like pattern)""")
                .param("found", found.stream().map(LedgerEntry::id).toArray(Long[]::new))
                .param("patterns", words.stream().map(Words.Word::pattern).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** The line of one item; empty when there is no such item in the scope. */
    @Transactional(readOnly = true)
    public Optional<LedgerEntry> find(DataScope scope, String itemNo) {
        return jdbc.sql(LedgerSql.ENTRIES + "where item.item_no = :itemNo and " + scope.sql())
                .params(scope.parameters())
                .param("today", clock.today())
                .param("itemNo", itemNo)
                .query(LedgerSql::entry)
                .optional();
    }

    /** A page of the parts of an item that the scope admits, the first first. */
    @Transactional(readOnly = true)
    public List<LedgerEntry> parts(DataScope scope, String wholeNo, int offset, int limit) {
        return jdbc.sql(LedgerSql.ENTRIES + "where item.parent_no = :whole and " + scope.sql()
                        + " order by item.id offset :offset limit :limit")
                .params(scope.parameters())
                .param("today", clock.today())
                .param("whole", wholeNo)
                .param("offset", offset)
                .param("limit", limit)
                .query(LedgerSql::entry)
                .list();
    }

    /** The number of parts of an item that the scope admits. */
    @Transactional(readOnly = true)
    public int countParts(DataScope scope, String wholeNo) {
        return jdbc.sql("select count(*) from item where item.parent_no = :whole and " + scope.sql())
                .params(scope.parameters())
                .param("whole", wholeNo)
                .query(Integer.class)
                .single();
    }

    /** The place of the last item of a page. */
    private record Cursor(String due, long id) {

        static Cursor behind(LedgerEntry last) {
            boolean urgent = last.status().isOpen() && last.due() != null;
            return new Cursor(urgent ? last.due().toString() : NO_DUE, last.id());
        }

        static Cursor read(Sort sort, String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("\\|");
                if (parts.length != 3 || !parts[0].equals(sort.name())) {
                    throw refused();
                }
                if (!parts[1].equals(NO_DUE)) {
                    LocalDate.parse(parts[1]);
                }
                return new Cursor(parts[1], Long.parseLong(parts[2]));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw refused();
            }
        }

        String written(Sort sort) {
            String text = sort.name() + "|" + due + "|" + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        }

        private static RefusedException refused() {
            return RefusedException.invalid("cursor", "ledger.cursor");
        }
    }
}
