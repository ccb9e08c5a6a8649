/** Camunda Forms read and enforced on the server: the same file that Tasklist and the portal render. */
@org.springframework.modulith.NamedInterface("form")
package org.guiling.engine.form;
