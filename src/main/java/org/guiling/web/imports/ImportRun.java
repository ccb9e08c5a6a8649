package org.guiling.web.imports;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.guiling.ledger.imports.ImportProgress;
import org.guiling.ledger.imports.ImportReport;
import org.guiling.web.imports.Uploads.Checked;
import org.guiling.web.imports.Uploads.Settings;

/** The check or the import of one file while it runs, and what came of it. Read by others while it goes on. */
public final class ImportRun implements ImportProgress {

    /** The states of a run. */
    enum State {
        /** Others are running; it begins by itself. */
        WAITING,
        CHECKING,
        IMPORTING,
        DONE,
        /** It was refused, or failed; nothing was stored. */
        REFUSED
    }

    /**
     * The result of a run.
     *
     * @param checked the file that may now be imported; null after an import
     */
    public record Result(Checked checked, ImportReport report) {}

    private final Settings settings;
    private final boolean dryRun;
    private final CompletableFuture<Result> end = new CompletableFuture<>();
    private volatile State state = State.WAITING;
    private volatile int rows;
    private volatile int created;
    private volatile int all;
    private volatile String refusal;

    public ImportRun(Settings settings, boolean dryRun) {
        this.settings = settings;
        this.dryRun = dryRun;
    }

    /** Does the work in this thread. @param refusalOf says in words why it came to nothing */
    void work(Function<ImportProgress, Result> work, Function<RuntimeException, String> refusalOf) {
        state = State.CHECKING;
        try {
            Result result = work.apply(this);
            state = State.DONE;
            end.complete(result);
        } catch (RuntimeException refused) {
            refusal = refusalOf.apply(refused);
            state = State.REFUSED;
            end.completeExceptionally(refused);
        }
    }

    @Override
    public void checked(int rowsSoFar) {
        rows = rowsSoFar;
    }

    @Override
    public void created(int items, int ofAll) {
        all = ofAll;
        created = items;
        state = State.IMPORTING;
    }

    /** Waits a little, so that a small file needs no page of its own. @return whether it has ended */
    public boolean endsWithin(Duration timeout) {
        try {
            end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException refused) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isOver() {
        return state == State.DONE || state == State.REFUSED;
    }

    State state() {
        return state;
    }

    /** Null while it runs, and when it came to nothing. */
    Result result() {
        return state == State.DONE ? end.join() : null;
    }

    /** The reason why the run was refused, in words; null otherwise. */
    String refusal() {
        return refusal;
    }

    Settings settings() {
        return settings;
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** Rows read and checked so far. */
    int rows() {
        return rows;
    }

    /** Items registered so far. */
    public int created() {
        return created;
    }

    /** Number of items that the run will create; 0 before that is known. */
    int all() {
        return all;
    }
}
