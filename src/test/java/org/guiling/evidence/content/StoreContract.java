package org.guiling.evidence.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every store has to pass. */
abstract class StoreContract {

    /** Another for each test: what a server keeps outlives one. */
    private final String key = UUID.randomUUID().toString().replace("-", "").repeat(2);

    @TempDir
    Path uploads;

    abstract ContentStore store() throws IOException;

    @Test
    void whatIsPutComesBack() throws IOException {
        ContentStore store = store();
        store.put(key, file("first"));

        assertThat(content(store, key)).isEqualTo("first");
        assertThat(store.size(key)).hasValue(5);
        assertThat(store.size(key + ".thumbnail")).isEmpty();
    }

    @Test
    void whatIsPutAgainTakesThePlace() throws IOException {
        ContentStore store = store();
        store.put(key, file("first"));
        store.put(key, file("second"));

        assertThat(content(store, key)).isEqualTo("second");
    }

    @Test
    void whatIsRemovedIsGone() throws IOException {
        ContentStore store = store();
        store.put(key, file("first"));
        store.put(key + ".thumbnail", file("small"));

        store.delete(key);
        store.delete(key);

        assertThat(store.size(key)).isEmpty();
        assertThatThrownBy(() -> store.open(key)).isInstanceOf(NoSuchFileException.class);
        assertThat(content(store, key + ".thumbnail")).isEqualTo("small");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(uploads, "upload", null), content);
    }

    private static String content(ContentStore store, String key) throws IOException {
        try (InputStream content = store.open(key)) {
            return new String(content.readAllBytes());
        }
    }
}
