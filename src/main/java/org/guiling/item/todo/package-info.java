/** The work that waits for people, kept in a table of its own. */
@org.springframework.modulith.NamedInterface("todo")
package org.guiling.item.todo;
