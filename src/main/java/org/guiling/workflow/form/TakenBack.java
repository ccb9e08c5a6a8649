package org.guiling.workflow.form;

/** A request that its author takes back before it is decided (撤回申请). */
public enum TakenBack {
    REQUEST,
    OBJECTION
}
