package org.guiling.web.imports;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.guiling.ledger.imports.ImportChoices;
import org.guiling.ledger.imports.ImportMode;
import org.guiling.ledger.imports.ImportProgress;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.imports.Uploads.Checked;
import org.guiling.web.imports.Uploads.Settings;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Checks and imports files beside the requests that ask for it, one file of a person at a time, so that a page that is left,
 * reloaded or lost loses nothing. How far a run has come is kept in memory: it is where the file lies and where the
 * session is, on the node that the person works with; an import that the node does not survive has stored nothing.
 */
@Component
public class ImportRuns {

    private static final Logger log = LoggerFactory.getLogger(ImportRuns.class);
    /** More would only take the connections and processors from people. */
    private static final int AT_ONCE = 2;

    private static final int SECONDS_TO_END = 30;

    private final Uploads uploads;
    private final Problems problems;
    private final Texts texts;
    private final Duration patience;
    private final LastRuns<ImportRun> runs;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    ImportRuns(
            Uploads uploads,
            Problems problems,
            Texts texts,
            @Value("${guiling.uploads.patience}") Duration patience,
            Clock clock) {
        this.uploads = uploads;
        this.problems = problems;
        this.texts = texts;
        this.runs = new LastRuns<>(ImportRun::isOver, clock);
        this.patience = patience;
    }

    /** The person's run, or what came of their last one. */
    Optional<ImportRun> of(String personId) {
        return runs.of(personId);
    }

    /**
     * Checks a file that was uploaded. Waits a little for the end, as all of these, so that a small file needs no page of
     * its progress.
     *
     * @param token of the upload
     * @throws RefusedException while another run of the person goes on
     */
    ImportRun check(String personId, String token, Settings settings) {
        Optional<ImportRun> before = of(personId);
        ImportRun run = begin(personId, new ImportRun(settings, true), progress -> {
            Checked checked = uploads.check(token, settings, progress);
            return new ImportRun.Result(checked, checked.report());
        });
        before.map(ImportRun::result).map(ImportRun.Result::checked).ifPresent(last -> uploads.drop(last.token()));
        run.endsWithin(patience);
        return run;
    }

    /**
     * Checks the file that the person checked last once more, with other choices.
     *
     * @throws RefusedException when it is another file, or a run goes on
     */
    ImportRun checkAgain(String personId, String token, ImportChoices choices) {
        Settings settings = checked(personId, token).settings().with(choices);
        ImportRun run = begin(personId, new ImportRun(settings, true), progress -> {
            Checked again = uploads.check(token, settings, progress);
            return new ImportRun.Result(again, again.report());
        });
        run.endsWithin(patience);
        return run;
    }

    /**
     * Imports the file that the person checked last.
     *
     * @param token what that check has shown
     * @param takeOver whether known items take over what the list says otherwise
     * @param leaveSimilar whether rows that are like an item or an earlier row stay out
     * @throws RefusedException when it is another file, was imported before, or a run goes on
     */
    ImportRun store(String personId, String token, ImportMode mode, boolean takeOver, boolean leaveSimilar) {
        Checked checked = checked(personId, token).choosing(takeOver, leaveSimilar);
        ImportRun run = begin(
                personId,
                new ImportRun(checked.settings(), false),
                progress -> new ImportRun.Result(null, uploads.run(checked, mode, progress)));
        run.endsWithin(patience);
        return run;
    }

    private Checked checked(String personId, String token) {
        return of(personId)
                .map(ImportRun::result)
                .map(ImportRun.Result::checked)
                .filter(held -> held.token().equals(token))
                .orElseThrow(HeldUploads::over);
    }

    /** The run takes the place of the one before it, which must be over: of two at the same moment one is refused. */
    public ImportRun begin(String personId, ImportRun run, Function<ImportProgress, ImportRun.Result> work) {
        ImportRun current = runs.begin(personId, run);
        if (current != run) {
            throw RefusedException.conflict(
                    "import.runs-already", current.settings().fileName());
        }
        Locale language = LocaleContextHolder.getLocale();
        threads.execute(new DelegatingSecurityContextRunnable(
                () -> {
                    LocaleContextHolder.setLocale(language);
                    try {
                        run.work(work, this::refusal);
                    } finally {
                        LocaleContextHolder.resetLocaleContext();
                    }
                },
                SecurityContextHolder.getContext()));
        return run;
    }

    private String refusal(RuntimeException failure) {
        if (failure instanceof RefusedException refused) {
            return problems.text(refused);
        }
        log.error("An import failed", failure);
        return texts.get("import.failed");
    }

    /** Lets runs end; a run that takes too long is rolled back. */
    @PreDestroy
    void end() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
            log.warn("An import is broken off; it has stored nothing");
            threads.shutdownNow();
        }
    }
}
