/** Provides the engine at its start with groups, authorizations, filters, history. */
@org.springframework.modulith.NamedInterface("provisioning")
package org.guiling.engine.provisioning;
