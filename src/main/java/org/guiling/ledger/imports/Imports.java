package org.guiling.ledger.imports;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.engine.form.DuplicateFacts;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Origin;
import org.guiling.item.Registration;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.item.record.FourEyes;
import org.guiling.ledger.value.CodeLabels;
import org.guiling.ledger.value.Fingerprint;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitAliases;
import org.guiling.ledger.value.UnitNames;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.rules.CodeLists;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a whole ledger in (整改台账导入). A file is read twice: the first pass checks every row and stores nothing, the
 * second registers in one transaction, so that a flaw in the last row is known before the first item exists and memory
 * holds one row.
 */
@Service
public class Imports {

    /** The imports of which an item waits for the review of its registration. */
    private static final String WAITING = """
             from import_batch batch
            where batch.reviewed_at is null and exists (
                select from item join to_do on to_do.item_id = item.id and to_do.task_key = :review
                where item.import_batch_id = batch.id)""";

    private static final String WAITING_REVIEWS = """
             from to_do join item on item.id = to_do.item_id
            where item.import_batch_id = ? and to_do.task_key = ?""";

    /** In place of a profile's id: the one that knows most of the file's headers. */
    public static final String RECOGNISED = "auto";

    private final ImportProfiles profiles;
    private final CodeLists codeLists;
    private final Organization organization;
    private final ItemProcesses itemProcesses;
    private final Items items;
    private final Duplicates duplicates;
    private final DuplicateFacts duplicateFacts;
    private final FourEyes fourEyes;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;
    private final Texts texts;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final UnitAliases aliases;
    private final VisibleItems visibleItems;
    private final OfficeClock clock;

    Imports(
            ImportProfiles profiles,
            CodeLists codeLists,
            Organization organization,
            ItemProcesses itemProcesses,
            Items items,
            Duplicates duplicates,
            DuplicateFacts duplicateFacts,
            FourEyes fourEyes,
            Tasks tasks,
            CurrentPerson currentPerson,
            Texts texts,
            JdbcClient jdbc,
            TransactionOperations transaction,
            UnitAliases aliases,
            VisibleItems visibleItems,
            OfficeClock clock) {
        this.profiles = profiles;
        this.codeLists = codeLists;
        this.organization = organization;
        this.itemProcesses = itemProcesses;
        this.items = items;
        this.duplicates = duplicates;
        this.duplicateFacts = duplicateFacts;
        this.fourEyes = fourEyes;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
        this.texts = texts;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.aliases = aliases;
        this.visibleItems = visibleItems;
        this.clock = clock;
    }

    /** A kind of file that can be imported, with its name in the language of the request. */
    public record Profile(String id, String label) {}

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

    public List<Profile> profiles() {
        return profiles.ids().stream()
                .map(id -> new Profile(id, profileName(id)))
                .toList();
    }

    /** The label of a profile, in the language of the request; the id of one that no longer exists. */
    public String profileName(String id) {
        return profiles.find(id)
                .map(profile -> profile.label() == null ? texts.label("ImportProfile", id) : profile.label())
                .orElse(id);
    }

    /**
     * Checks a file and, unless it is a dry run, registers its rows in the name of the current person: all that can be,
     * or nothing at all. Not to be called inside a transaction: a row that is refused would end it.
     *
     * @throws RefusedException when the person may not import, the file as a whole cannot be read, or somebody else
     *     stored one of its rows at the same time
     */
    public ImportReport run(ImportRequest request) {
        return run(request, ImportProgress.UNHEARD);
    }

    /** The same, telling how far it has come. */
    public ImportReport run(ImportRequest request, ImportProgress progress) {
        Person person = currentPerson.get();
        if (!person.has(Role.REGISTRAR)) {
            throw RefusedException.forbidden("refusal.role.registrar");
        }
        ImportProfile profile = profile(request);
        UnitNames units = new UnitNames(organization.units(), otherNames(profile));
        RowFields rowFields =
                new RowFields(profile, request.defaults(), new CodeLabels(codeLists), units, clock.today());
        ImportFile file = new ImportFile(request, profile, rowFields);
        ImportCheck check = new ImportCheck(
                itemProcesses,
                new KnownItems(jdbc, profile.headings()),
                new ItemDifferences(jdbc, organization, texts, visibleItems.scope()),
                units,
                facts -> duplicates.visible(facts, null),
                duplicates.rows(),
                duplicateFacts,
                request.choices(),
                texts);
        List<ImportFile.Ignored> ignored = file.read(
                row -> {
                    check.add(row);
                    progress.checked(row.ordinal() + 1);
                },
                check::add);
        boolean takeOver = request.dryRun() || request.choices().takeOver();
        ImportReport report = check.report(profile.id(), columns(ignored), words(ignored), takeOver);
        if (request.dryRun() || !report.isWorthwhile()) {
            return report;
        }
        if (request.mode() == ImportMode.ALL_OR_NOTHING && report.rejected() > 0) {
            return report.withNothingCreated();
        }
        return store(request, file, check, report, person, progress);
    }

    private ImportProfile profile(ImportRequest request) {
        String id = request.profile();
        return id == null || id.isBlank() || id.equals(RECOGNISED)
                ? ProfileRecognition.of(
                        request, profiles.ids().stream().map(profiles::get).toList())
                : profiles.get(id);
    }

    /** Other names of units. Those that a person confirmed override those of the profile. */
    private Map<String, String> otherNames(ImportProfile profile) {
        Map<String, String> names = new HashMap<>();
        for (RegistrationField field : List.of(RegistrationField.CO_UNITS, RegistrationField.LEAD_UNIT)) {
            names.putAll(profile.values().getOrDefault(field.key(), Map.of()));
        }
        names.putAll(aliases.codes());
        return names;
    }

    private static List<String> columns(List<ImportFile.Ignored> ignored) {
        return ignored.stream()
                .filter(ImportFile.Ignored::isColumn)
                .map(ImportFile.Ignored::what)
                .distinct()
                .toList();
    }

    private List<String> words(List<ImportFile.Ignored> ignored) {
        return ignored.stream()
                .map(part -> texts.get(part.code(), part.what()))
                .distinct()
                .toList();
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
        for (WaitingReview waiting : all) {
            String reason = reasonToLeave(waiting, reviewer);
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
        return new ReviewList(
                countWaitingReviews(batchId),
                waitingReviews(batchId, (long) page * size, size).stream()
                        .map(waiting -> new ReviewRow(
                                waiting.itemNo(),
                                waiting.title(),
                                waiting.leadUnit(),
                                reasonToLeave(waiting, reviewer)))
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

    /** Null when nothing stands in the way of accepting the item with all the others. */
    private String reasonToLeave(WaitingReview waiting, Person reviewer) {
        if (waiting.assignee() != null && !waiting.assignee().equals(reviewer.id())) {
            return texts.get("import.left.claimed");
        }
        Item item = items.get(waiting.itemNo());
        int similar = duplicates.of(item).size();
        if (similar > 0) {
            return texts.get("import.left.similar", similar);
        }
        try {
            fourEyes.check(item, Action.REVIEW_REGISTRATION, reviewer);
            return null;
        } catch (RefusedException refused) {
            Problem first = refused.problems().get(0);
            return texts.get(first.code(), first.arguments());
        }
    }

    private ImportReport store(
            ImportRequest request,
            ImportFile file,
            ImportCheck check,
            ImportReport report,
            Person person,
            ImportProgress progress) {
        try {
            return transaction.execute(status -> {
                check.changes().forEach(change -> itemProcesses.amend(change.itemNo(), change.facts()));
                if (report.created() == 0) {
                    return report;
                }
                Long batchId = insertBatch(request, report, person);
                int[] created = new int[1];
                file.read(row -> {
                    if (check.isToBeCreated(row)) {
                        Registration facts = check.facts(row);
                        itemProcesses.register(facts, new Origin(batchId, Fingerprint.of(facts)));
                        progress.created(++created[0], report.created());
                    }
                });
                return report.storedAs(batchId);
            });
        } catch (RuntimeException e) {
            if (isLostRace(e)) {
                RefusedException refused = RefusedException.conflict("import.race");
                refused.initCause(e);
                throw refused;
            }
            throw e;
        }
    }

    /** Somebody else stored one of the fingerprints first, or both stood in each other's way. */
    private static boolean isLostRace(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DuplicateKeyException || cause instanceof PessimisticLockingFailureException) {
                return true;
            }
        }
        return false;
    }

    private Long insertBatch(ImportRequest request, ImportReport report, Person person) {
        return jdbc.sql("""
                        insert into import_batch (file_name, file_digest, profile, mode, row_count, created,
                            duplicates, alike, rejected, imported_by, imported_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""")
                .params(
                        request.fileName(),
                        request.digest(),
                        report.profile(),
                        request.mode().name(),
                        report.rows(),
                        report.created(),
                        report.duplicates(),
                        report.similar() - report.leftOut(),
                        report.rejected(),
                        person.id(),
                        OffsetDateTime.now(clock))
                .query(Long.class)
                .single();
    }
}
