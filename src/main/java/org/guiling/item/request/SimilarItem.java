package org.guiling.item.request;

import org.guiling.item.ItemStatus;

/** A hit of the duplicate search (查重). */
public record SimilarItem(String itemNo, String title, ItemStatus status) {}
