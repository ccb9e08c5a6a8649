package org.guiling.web;

/** Takes files, and says before any of them is read whether whoever sends them may. */
interface GuardedUpload {

    /** @throws org.guiling.item.RefusedException when they may not */
    void requireMayUpload(String itemNo);
}
