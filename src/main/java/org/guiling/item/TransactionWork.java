package org.guiling.item;

import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Work that a component collects in the course of one transaction and writes just before its end. */
public abstract class TransactionWork implements TransactionSynchronization {

    private final Object owner;

    /** @param owner the component; each has one work in a transaction */
    protected TransactionWork(Object owner) {
        this.owner = owner;
    }

    /** Writes what was collected; may be called more than once. */
    protected abstract void write();

    public static boolean isPossible() {
        return TransactionSynchronizationManager.isSynchronizationActive();
    }

    /** The work of the owner in this transaction, begun where there is none yet. */
    @SuppressWarnings("unchecked")
    public static <W extends TransactionWork> W of(Object owner, Supplier<W> begin) {
        W work = (W) TransactionSynchronizationManager.getResource(owner);
        if (work == null) {
            work = begin.get();
            work.resume();
            TransactionSynchronizationManager.registerSynchronization(work);
        }
        return work;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        write();
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(owner);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(owner, this);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(owner);
    }
}
