/** The contracts of the forms: the fields of each, typed, for reading what a person entered and for showing it. */
@org.springframework.modulith.NamedInterface("form")
package org.guiling.workflow.form;
