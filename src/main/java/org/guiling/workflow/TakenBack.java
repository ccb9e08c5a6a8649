package org.guiling.workflow;

/** What who asked takes back before it is decided (撤回申请). */
public enum TakenBack {
    REQUEST,
    OBJECTION
}
