package org.guiling.engine.feel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.guiling.refusal.RefusedException;

/**
 * Ends an evaluation that takes too long. FEEL's interpreter looks before each of its steps whether its thread is
 * interrupted; {@link BoundedFeel} sees to it that no single step is long.
 *
 * <p>Time is that of the processor: on a machine that has other things to do, the first evaluation after a start, which
 * loads FEEL's classes, takes seconds of the clock and is no fault of the expression.
 */
public final class EvaluationTime {

    /** A condition or a cell takes less than a millisecond. */
    public static final Duration LONGEST = Duration.ofSeconds(2);

    /** So many times the limit may go by on the clock, since the caller waits meanwhile. */
    private static final int CLOCK_FOR_PROCESSOR = 10;

    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private EvaluationTime() {}

    /**
     * Evaluates on the caller's thread, which is free again when the time is up.
     *
     * @param longest the time of the processor
     * @throws RefusedException when it took longer
     */
    public static <T> T within(Duration longest, Supplier<T> evaluation) {
        Alarm alarm = new Alarm(Thread.currentThread(), longest);
        alarm.set(longest.toNanos());
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
        private final long longest;
        private final long begin = System.nanoTime();
        private final long processorAtBegin;
        private Future<?> ringing;
        private boolean rung;
        private boolean ended;

        Alarm(Thread evaluating, Duration longest) {
            this.evaluating = evaluating;
            this.longest = longest.toNanos();
            this.processorAtBegin = processorTime();
        }

        synchronized void set(long nanos) {
            ringing = TIMER.schedule(this, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public synchronized void run() {
            if (ended) {
                return;
            }
            long left = longest - used();
            if (left > 0 && System.nanoTime() - begin < CLOCK_FOR_PROCESSOR * longest) {
                set(left);
            } else {
                rung = true;
                evaluating.interrupt();
            }
        }

        /** The time of the processor, or of the clock where the JVM does not tell the former. */
        private long used() {
            long now = processorTime();
            return now < 0 || processorAtBegin < 0 ? System.nanoTime() - begin : now - processorAtBegin;
        }

        private long processorTime() {
            return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
                    ? THREADS.getThreadCpuTime(evaluating.getId())
                    : -1;
        }

        synchronized boolean hasRung() {
            return rung;
        }

        synchronized void end() {
            ended = true;
            ringing.cancel(false);
            if (rung) {
                Thread.interrupted();
            }
        }
    }
}
