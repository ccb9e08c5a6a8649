/** Finds items that may have been registered before, by rows that are alike. */
@org.springframework.modulith.NamedInterface("duplicate")
package org.guiling.item.duplicate;
