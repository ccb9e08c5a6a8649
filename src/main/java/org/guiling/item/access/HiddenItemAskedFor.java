package org.guiling.item.access;

/** Somebody asked by its number for an item that exists and that they may not see; they are told that there is none. */
public record HiddenItemAskedFor(String personId, String itemNo) {}
