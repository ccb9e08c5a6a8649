package org.guiling.web.imports;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.ledger.imports.ImportReviews.ReviewRow;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Reviews whole imports beside the request that asks for it, one of a person at a time. How far it is is kept in memory, as
 * with {@link ImportRuns}; what the node does not survive has accepted nothing.
 */
@Component
class BatchReviews {

    private static final Logger log = LoggerFactory.getLogger(BatchReviews.class);
    private static final int SECONDS_TO_END = 30;

    private final ImportReviews reviews;
    private final Problems problems;
    private final Texts texts;
    private final LastRuns<Run> runs;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    BatchReviews(ImportReviews reviews, Problems problems, Texts texts, Clock clock) {
        this.reviews = reviews;
        this.problems = problems;
        this.texts = texts;
        this.runs = new LastRuns<>(Run::isOver, clock);
    }

    /** A review while it goes on, and what came of it. */
    static final class Run {

        private final List<ReviewRow> rows = Collections.synchronizedList(new ArrayList<>());
        private volatile int all;
        private volatile boolean over;
        private volatile String refusal;

        /** The number of items that were looked at so far. */
        int done() {
            return rows.size();
        }

        /** The items that were looked at so far, each with the reason for which it was left. */
        List<ReviewRow> rows() {
            synchronized (rows) {
                return List.copyOf(rows);
            }
        }

        /** Number of items to review; 0 before that is known. */
        int all() {
            return all;
        }

        boolean isOver() {
            return over;
        }

        /** The reason why the review was refused, in words; null otherwise. */
        String refusal() {
            return refusal;
        }
    }

    Optional<Run> of(String personId) {
        return runs.of(personId);
    }

    /** @throws RefusedException while another review of the person goes on */
    void begin(String personId, long batchId) {
        Run run = new Run();
        Run current = runs.begin(personId, run);
        if (current != run) {
            throw RefusedException.conflict("import.review-runs-already");
        }
        Locale language = LocaleContextHolder.getLocale();
        thread.execute(new DelegatingSecurityContextRunnable(
                () -> {
                    LocaleContextHolder.setLocale(language);
                    try {
                        work(run, batchId);
                    } finally {
                        LocaleContextHolder.resetLocaleContext();
                    }
                },
                SecurityContextHolder.getContext()));
    }

    private void work(Run run, long batchId) {
        try {
            reviews.review(batchId, (row, of) -> {
                run.all = of;
                run.rows.add(row);
            });
        } catch (RefusedException refused) {
            run.refusal = problems.text(refused);
        } catch (RuntimeException failure) {
            log.error("The review of import {} failed", batchId, failure);
            run.refusal = texts.get("import.review-failed");
        }
        run.over = true;
    }

    @PreDestroy
    void end() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
            log.warn("A review is broken off; it has accepted nothing");
            thread.shutdownNow();
        }
    }
}
