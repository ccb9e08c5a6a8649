package org.guiling.ledger.imports;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.item.Origin;
import org.guiling.item.Registration;
import org.guiling.ledger.value.Fingerprint;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a whole ledger in (整改台账导入). The first pass checks every row and stores nothing, so that a flaw in the last row is
 * known before the first item exists; then one transaction registers what passed. The file is read once more only where
 * its facts are too long to be kept meanwhile.
 */
@Service
public class Imports {

    private final ImportFiles files;
    private final ImportChecks checks;
    private final ItemProcesses itemProcesses;
    private final CurrentPerson currentPerson;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final OfficeClock clock;

    Imports(
            ImportFiles files,
            ImportChecks checks,
            ItemProcesses itemProcesses,
            CurrentPerson currentPerson,
            JdbcClient jdbc,
            TransactionOperations transaction,
            OfficeClock clock) {
        this.files = files;
        this.checks = checks;
        this.itemProcesses = itemProcesses;
        this.currentPerson = currentPerson;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
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
        Person person = currentPerson.require(Role.REGISTRAR, "refusal.role.registrar");
        ImportFile file = files.open(request);
        ImportCheck check = checks.begin(file, request);
        List<ImportFile.Ignored> ignored = file.read(
                row -> {
                    check.add(row);
                    progress.checked(row.ordinal() + 1);
                },
                check::add);
        boolean takeOver = request.dryRun() || request.choices().takeOver();
        ImportReport report = check.report(file.profile().id(), ignored, takeOver);
        if (request.dryRun() || !report.isWorthwhile()) {
            return report;
        }
        if (request.mode() == ImportMode.ALL_OR_NOTHING && report.rejected() > 0) {
            return report.withNothingCreated();
        }
        return store(request, file, check, report, person, progress);
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
                Consumer<Registration> register = facts -> {
                    itemProcesses.register(facts, new Origin(batchId, Fingerprint.of(facts)));
                    progress.created(++created[0], report.created());
                };
                Optional<List<Registration>> kept = check.kept();
                if (kept.isPresent()) {
                    kept.get().forEach(register);
                } else {
                    file.read(row -> {
                        if (check.isToBeCreated(row)) {
                            register.accept(check.facts(row));
                        }
                    });
                }
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
