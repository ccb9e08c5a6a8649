/** The formats of files: how one is told by its content, and what a document may contain. */
@org.springframework.modulith.NamedInterface("format")
package org.guiling.evidence.format;
