package org.guiling.evidence.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Keeps content under keys; knows nothing of items. A key is made of hexadecimal digits and a dot. */
interface ContentStore {

    /**
     * Keeps a file's content, all of it or nothing; what is there under the key is replaced.
     *
     * @param file may be moved away
     */
    void put(String key, Path file) throws IOException;

    /** @throws java.nio.file.NoSuchFileException when there is nothing under the key */
    InputStream open(String key) throws IOException;

    /** Number of bytes under the key; empty where there is nothing. */
    OptionalLong size(String key) throws IOException;

    /** Removes the content; nothing happens where there is none. */
    void delete(String key) throws IOException;
}
