package org.guiling.item;

/** A hit of the duplicate search (查重). */
public record SimilarItem(String itemNo, String title, ItemStatus status) {}
