/** Keeps the due dates of the record, the engine's tasks and its timers the same. */
@org.springframework.modulith.NamedInterface("duedate")
package org.guiling.engine.duedate;
