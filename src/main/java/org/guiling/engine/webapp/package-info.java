/** Adapters for Camunda's web apps and REST: sign-on, form data, answers with the right status. */
@org.springframework.modulith.NamedInterface("webapp")
package org.guiling.engine.webapp;
