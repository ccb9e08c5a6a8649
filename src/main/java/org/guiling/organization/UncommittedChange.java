package org.guiling.organization;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A change of something that is kept in memory, until its transaction ends: others read nothing of what may still be rolled
 * back.
 */
final class UncommittedChange {

    private UncommittedChange() {}

    /** True where this transaction has changed it. */
    static boolean isUnderWay(Object kept) {
        return TransactionSynchronizationManager.hasResource(kept);
    }

    /** Forgets at once for what this transaction reads next, and again once others see what it wrote, or did not write. */
    static void forget(Object kept, Runnable forgetting) {
        forgetting.run();
        if (isUnderWay(kept)) {
            return;
        }
        TransactionSynchronizationManager.bindResource(kept, Boolean.TRUE);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(kept);
                forgetting.run();
            }
        });
    }
}
