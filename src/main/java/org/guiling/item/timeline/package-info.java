/** The history of an item, append-only, refused attempts included. */
@org.springframework.modulith.NamedInterface("timeline")
package org.guiling.item.timeline;
