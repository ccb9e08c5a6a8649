package org.guiling.engine.feel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.guiling.refusal.RefusedException;

/**
 * Ends an evaluation that takes too long. FEEL's interpreter looks before each of its steps whether its thread is
 * interrupted; {@link BoundedFeel} sees to it that no single step is long.
 */
public final class EvaluationTime {

    /** A condition or a cell takes less than a millisecond. */
    public static final Duration LONGEST = Duration.ofSeconds(2);

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private EvaluationTime() {}

    /**
     * Evaluates on the caller's thread, which is free again when the time is up.
     *
     * @throws RefusedException when it took longer
     */
    public static <T> T within(Duration longest, Supplier<T> evaluation) {
        Alarm alarm = new Alarm(Thread.currentThread());
        Future<?> ringing = TIMER.schedule(alarm, longest.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return evaluation.get();
        } catch (Exception e) {
            // An InterruptedException, which Scala throws without a word in any signature, or what somebody made of it.
            if (alarm.hasRung()) {
                RefusedException slow =
                        RefusedException.invalid("expression", "form.expression-slow", longest.toSeconds());
                slow.initCause(e);
                throw slow;
            }
            throw e;
        } finally {
            ringing.cancel(false);
            alarm.end();
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "evaluation-time");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Interrupts its thread, but never after the evaluation: the next one to wait there would be told to stop. */
    private static final class Alarm implements Runnable {

        private final Thread evaluating;
        private boolean rung;
        private boolean ended;

        Alarm(Thread evaluating) {
            this.evaluating = evaluating;
        }

        @Override
        public synchronized void run() {
            if (!ended) {
                rung = true;
                evaluating.interrupt();
            }
        }

        synchronized boolean hasRung() {
            return rung;
        }

        synchronized void end() {
            ended = true;
            if (rung) {
                Thread.interrupted();
            }
        }
    }
}
