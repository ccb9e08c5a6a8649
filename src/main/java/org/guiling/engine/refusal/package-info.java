/** Translates refusals and errors of the engine into answers, and records refused attempts. */
@org.springframework.modulith.NamedInterface("refusal")
package org.guiling.engine.refusal;
