/** The contents of files: stores, sweeps, hashes, thumbnails. */
@org.springframework.modulith.NamedInterface("content")
package org.guiling.evidence.content;
