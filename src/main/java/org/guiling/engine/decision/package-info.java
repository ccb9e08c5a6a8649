/** Decision tables: read and checked as files, kept in versions, evaluated by the engine. */
@org.springframework.modulith.NamedInterface("decision")
package org.guiling.engine.decision;
