/** The task guard: whatever completes a user task passes it, and what each kind of task records. */
package org.guiling.engine.guard;
