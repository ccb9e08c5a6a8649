package org.guiling.web.support;

/** Takes files, and says before any of them is read whether whoever sends them may. */
public interface GuardedUpload {

    /** @throws org.guiling.item.RefusedException when they may not */
    void requireMayUpload(String itemNo);
}
