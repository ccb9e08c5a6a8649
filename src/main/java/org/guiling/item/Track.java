package org.guiling.item;

/** Purpose of a measure. */
public enum Track {
    /** 当下改: cures the case. */
    FIX_NOW,
    /** 长久立: keeps it from coming back; ends in a document. */
    LONG_TERM
}
