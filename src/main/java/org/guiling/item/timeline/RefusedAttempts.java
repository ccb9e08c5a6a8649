package org.guiling.item.timeline;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes into the timeline what a rule refused, in a transaction of its own: the one that was refused has left nothing.
 *
 * <p>The same person who is refused the same for the same reasons at the same task within ten minutes is one row: a
 * client that tries again and again does not fill a table from which nothing is ever deleted.
 */
@Component
public class RefusedAttempts {

    /** Time after a refusal in which the same one is not written again. */
    static final Duration REPETITION = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final RefusalProblems refusalProblems;
    private final Clock clock;

    RefusedAttempts(JdbcClient jdbc, RefusalProblems refusalProblems, Clock clock) {
        this.jdbc = jdbc;
        this.refusalProblems = refusalProblems;
        this.clock = clock;
    }

    /**
     * Appends one refusal; nothing where there is no such item or its like was written a short time ago. To be called
     * when the refused transaction is over: it must hold no lock any more, and no connection while this takes one.
     *
     * @throws org.springframework.dao.DataAccessException when somebody else holds on to the item for long
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void append(RefusedAttempt refused) {
        jdbc.sql("set local lock_timeout = '2s'").update();
        // Two equal ones at the same moment would not see each other's row.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("refused " + refused.itemNo() + " " + refused.actor())
                .query((row, index) -> index)
                .list();
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        insert into timeline (item_id, at, actor, action, step, round, status, task, attempt, problems)
                        select item.id, :now, :actor, 'REFUSED', item.step, item.round, item.status, :task, :attempt,
                               cast(:problems as jsonb)
                        from item
                        where item.item_no = :itemNo and not exists (
                            select from timeline earlier
                            where earlier.item_id = item.id and earlier.action = 'REFUSED' and earlier.at > :since
                              and earlier.actor = :actor and earlier.task = :task and earlier.attempt = :attempt
                              and jsonb_path_query_array(earlier.problems, '$[*].code')
                                = jsonb_path_query_array(cast(:problems as jsonb), '$[*].code'))""")
                .param("now", now)
                .param("since", now.minus(REPETITION))
                .param("itemNo", refused.itemNo())
                .param("actor", refused.actor())
                .param("task", refused.task())
                .param("attempt", refused.attempt().name())
                .param("problems", refusalProblems.write(refused.problems()))
                .update();
    }
}
