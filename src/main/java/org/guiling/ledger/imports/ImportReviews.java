package org.guiling.ledger.imports;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.Items;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.item.record.FourEyes;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The review of whole imports (整批立项审核): those that wait for it, a preview, and the acceptance of what needs no closer look. */
@Service
public class ImportReviews {

    /** The imports of which an item waits for the review of its registration. */
    private static final String WAITING = """
             from import_batch batch
            where batch.reviewed_at is null and exists (
                select from item join to_do on to_do.item_id = item.id and to_do.task_key = :review
                where item.import_batch_id = batch.id)""";

    private static final String WAITING_REVIEWS = """
             from to_do join item on item.id = to_do.item_id
            where item.import_batch_id = ? and to_do.task_key = ?""";

    /** Items whose likeness one statement asks for. */
    private static final int COMPARED_AT_ONCE = 50;

    private final Items items;
    private final Duplicates duplicates;
    private final FourEyes fourEyes;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;
    private final Texts texts;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    ImportReviews(
            Items items,
            Duplicates duplicates,
            FourEyes fourEyes,
            Tasks tasks,
            CurrentPerson currentPerson,
            Texts texts,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.items = items;
        this.duplicates = duplicates;
        this.fourEyes = fourEyes;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
        this.texts = texts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An import whose registration waits for review.
     *
     * @param importedBy the person's name
     * @param created how many items it brought
     * @param similar how many of them the duplicate search found like another item or row when they came in; 0 also for
     *     an import from before this was counted
     * @param waiting how many of them still wait for the review
     */
    public record Batch(
            long id,
            String fileName,
            String profile,
            String importedBy,
            Instant importedAt,
            int created,
            int similar,
            int waiting) {}

    /**
     * The outcome of reviewing a whole import.
     *
     * @param accepted number of items that were accepted
     * @param left the items that have to be looked at one by one, each with the reason
     */
    public record Review(int accepted, List<Left> left) {

        /** An item that the review of the whole import leaves alone. */
        public record Left(String itemNo, String reason) {}
    }

    /** The number of items of an import that wait, and some of them. */
    public record ReviewList(int total, List<ReviewRow> rows) {}

    /** @param leftBecause why the review of the whole import leaves it alone; null where it is accepted */
    public record ReviewRow(String itemNo, String title, String leadUnit, String leftBecause) {}

    /** Hears of a review as it goes on. */
    @FunctionalInterface
    public interface ReviewProgress {
        /** @param of how many there are in all */
        void reviewed(ReviewRow row, int of);
    }

    /** The number of imports of which items still wait for the review of their registration. */
    @Transactional(readOnly = true)
    public int countWaiting() {
        return jdbc.sql("select count(*)" + WAITING)
                .param("review", UserTask.REVIEW_REGISTRATION.id())
                .query(Integer.class)
                .single();
    }

    /** A page of them, the oldest first. */
    @Transactional(readOnly = true)
    public List<Batch> waiting(int offset, int limit) {
        return jdbc.sql("""
                        select batch.id, batch.file_name, batch.profile, person.name as imported_by,
                               batch.imported_at, batch.created, batch.alike,
                               (select count(*) from item
                                    join to_do on to_do.item_id = item.id and to_do.task_key = :review
                                where item.import_batch_id = batch.id) as waiting
                        from (select batch.*""" + WAITING + """
                               order by batch.id offset :offset limit :limit) batch
                            join person on person.id = batch.imported_by
                        order by batch.id""")
                .param("review", UserTask.REVIEW_REGISTRATION.id())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, index) -> new Batch(
                        row.getLong("id"),
                        row.getString("file_name"),
                        row.getString("profile"),
                        row.getString("imported_by"),
                        row.getTimestamp("imported_at").toInstant(),
                        row.getInt("created"),
                        row.getInt("alike"),
                        row.getInt("waiting")))
                .list();
    }

    /**
     * Accepts the registration of a whole import in the name of the current person. Items that look like others, or
     * that this person may not review, are left for a review of their own.
     *
     * @throws RefusedException when the person may not review it, or it was reviewed before
     */
    @Transactional
    public Review review(long batchId) {
        return review(batchId, (row, of) -> {});
    }

    /** The same, telling of each item as it is looked at; nothing of it counts before all of it does. */
    @Transactional
    public Review review(long batchId, ReviewProgress progress) {
        Person reviewer = currentPerson.get();
        requireReviewable(batchId, reviewer);
        int accepted = 0;
        List<Review.Left> left = new ArrayList<>();
        items.lock(waitingReviews(batchId).stream().map(WaitingReview::itemNo).toList());
        List<WaitingReview> all = waitingReviews(batchId);
        Map<String, Integer> similar = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            WaitingReview waiting = all.get(i);
            if (i % COMPARED_AT_ONCE == 0) {
                similar = similar(all.subList(i, Math.min(all.size(), i + COMPARED_AT_ONCE)));
            }
            String reason = reasonToLeave(waiting, similar.get(waiting.itemNo()), reviewer);
            if (reason == null) {
                tasks.complete(
                        waiting.taskId(), Map.of("decision", "ACCEPT", "duplicateAnswer", "NONE", "oneFact", true));
                accepted++;
            } else {
                left.add(new Review.Left(waiting.itemNo(), reason));
            }
            progress.reviewed(new ReviewRow(waiting.itemNo(), waiting.title(), waiting.leadUnit(), reason), all.size());
        }
        jdbc.sql("update import_batch set reviewed_by = ?, reviewed_at = ? where id = ?")
                .params(reviewer.id(), OffsetDateTime.now(clock), batchId)
                .update();
        return new Review(accepted, List.copyOf(left));
    }

    /**
     * Previews the review of a whole import: a page of its items that wait, in the order of the file.
     *
     * @throws RefusedException when the person may not review it, or it was reviewed before
     */
    @Transactional
    public ReviewList toReview(long batchId, int page, int size) {
        Person reviewer = currentPerson.get();
        requireReviewable(batchId, reviewer);
        List<WaitingReview> shown = waitingReviews(batchId, (long) page * size, size);
        Map<String, Integer> similar = similar(shown);
        return new ReviewList(
                countWaitingReviews(batchId),
                shown.stream()
                        .map(waiting -> new ReviewRow(
                                waiting.itemNo(),
                                waiting.title(),
                                waiting.leadUnit(),
                                reasonToLeave(waiting, similar.get(waiting.itemNo()), reviewer)))
                        .toList());
    }

    private record WaitingReview(String taskId, String itemNo, String title, String leadUnit, String assignee) {}

    private void requireReviewable(long batchId, Person reviewer) {
        if (!reviewer.has(Role.REVIEWER)) {
            throw RefusedException.forbidden("refusal.role.reviewer");
        }
        record Known(String importedBy, boolean reviewed) {}
        Known batch = jdbc.sql("select imported_by, reviewed_at from import_batch where id = ? for update")
                .param(batchId)
                .query((row, index) -> new Known(row.getString("imported_by"), row.getTimestamp("reviewed_at") != null))
                .optional()
                .orElseThrow(() -> RefusedException.notFound("import.batch-unknown", batchId));
        if (batch.importedBy().equals(reviewer.id())) {
            throw RefusedException.forbidden("refusal.four-eyes", Action.REVIEW_REGISTRATION, Action.REGISTER);
        }
        if (batch.reviewed()) {
            throw RefusedException.conflict("import.batch-reviewed");
        }
    }

    private int countWaitingReviews(long batchId) {
        return jdbc.sql("select count(*)" + WAITING_REVIEWS)
                .params(batchId, UserTask.REVIEW_REGISTRATION.id())
                .query(Integer.class)
                .single();
    }

    private List<WaitingReview> waitingReviews(long batchId) {
        return waitingReviews(batchId, 0, Integer.MAX_VALUE);
    }

    private List<WaitingReview> waitingReviews(long batchId, long offset, int limit) {
        return jdbc.sql("select to_do.task_id, item.item_no, item.title, item.lead_unit, to_do.assignee"
                        + WAITING_REVIEWS + " order by item.id offset ? limit ?")
                .params(batchId, UserTask.REVIEW_REGISTRATION.id(), offset, limit)
                .query((row, index) -> new WaitingReview(
                        row.getString("task_id"),
                        row.getString("item_no"),
                        row.getString("title"),
                        row.getString("lead_unit"),
                        row.getString("assignee")))
                .list();
    }

    /** How many items are like each of these, by its number. */
    private Map<String, Integer> similar(List<WaitingReview> all) {
        Map<String, Integer> counts = new HashMap<>();
        duplicates
                .of(all.stream().map(waiting -> items.get(waiting.itemNo())).toList())
                .forEach((itemNo, found) -> counts.put(itemNo, found.size()));
        return counts;
    }

    /**
     * Null when nothing stands in the way of accepting the item with all the others.
     *
     * @param similar how many items are like it
     */
    private String reasonToLeave(WaitingReview waiting, int similar, Person reviewer) {
        if (waiting.assignee() != null && !waiting.assignee().equals(reviewer.id())) {
            return texts.get("import.left.claimed");
        }
        if (similar > 0) {
            return texts.get("import.left.similar", similar);
        }
        try {
            fourEyes.check(items.get(waiting.itemNo()), Action.REVIEW_REGISTRATION, reviewer);
            return null;
        } catch (RefusedException refused) {
            Problem first = refused.problems().get(0);
            return texts.get(first.code(), first.arguments());
        }
    }
}
