/** The items that somebody sees: one condition in SQL for lists, figures and single items, and the texts that are masked. */
@org.springframework.modulith.NamedInterface("access")
package org.guiling.item.access;
