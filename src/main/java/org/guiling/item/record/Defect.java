package org.guiling.item.record;

import org.guiling.item.Action;

/**
 * One thing to mend in a round of rework (退回问题).
 *
 * @param origin who returned it: {@link Action#VERIFY} or {@link Action#SIGN_OFF}
 */
public record Defect(int round, int seq, Action origin, String content) {}
