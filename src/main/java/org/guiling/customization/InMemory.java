package org.guiling.customization;

import java.util.function.IntFunction;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Content of an office's file, in memory for whoever asks all the time. A version that this node puts in force counts when it is
 * committed; one of another node as soon as {@link #refresh} is told of it.
 */
final class InMemory<T> {

    private final IntFunction<T> reading;
    private volatile Version<T> newest;

    /**
     * @param shipped what counts as long as the office has no version
     * @param reading of a version in the database
     */
    InMemory(T shipped, IntFunction<T> reading) {
        this.newest = new Version<>(0, shipped);
        this.reading = reading;
    }

    private record Version<T>(int number, T content) {}

    T get() {
        return newest.content();
    }

    /** To be called with the number of the newest version that is committed. */
    void refresh(int number) {
        if (number > newest.number()) {
            keep(number, reading.apply(number));
        }
    }

    /** To be called in the transaction that stores a version: it counts when that is committed. */
    void readStored(int number) {
        T content = reading.apply(number);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keep(number, content);
            }
        });
    }

    /** An older version may come late, having been read while a newer was put in force. */
    synchronized void keep(int number, T content) {
        if (number > newest.number()) {
            newest = new Version<>(number, content);
        }
    }
}
