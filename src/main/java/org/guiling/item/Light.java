package org.guiling.item;

/** The light (灯色); derived by the database function of the same name. */
public enum Light {
    GREEN,
    YELLOW,
    RED,
    GREY,
    BLUE
}
