/** Which items somebody sees: one condition in SQL for lists, figures and single items, and what of an item is masked. */
@org.springframework.modulith.NamedInterface("access")
package org.guiling.item.access;
