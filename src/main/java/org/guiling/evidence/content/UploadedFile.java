package org.guiling.evidence.content;

import java.nio.file.Path;

/**
 * A file on its way in.
 *
 * @param name as the caller sent it; may be null
 * @param file where its content is; the store may move it away, whoever put it there removes it otherwise
 */
public record UploadedFile(String name, Path file) {}
