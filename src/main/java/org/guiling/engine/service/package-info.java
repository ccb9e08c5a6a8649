/** The services that other modules call to start processes and to complete tasks. */
@org.springframework.modulith.NamedInterface("service")
package org.guiling.engine.service;
