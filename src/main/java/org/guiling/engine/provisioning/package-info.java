/** What the engine needs at its start: groups, authorizations, filters, history. */
@org.springframework.modulith.NamedInterface("provisioning")
package org.guiling.engine.provisioning;
