package org.guiling.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. */
abstract class StoreContract {

    private static final String KEY = "ab".repeat(32);

    @TempDir
    Path uploads;

    abstract ContentStore store() throws IOException;

    @Test
    void whatIsPutComesBack() throws IOException {
        ContentStore store = store();
        store.put(KEY, file("first"));

        assertThat(content(store, KEY)).isEqualTo("first");
        assertThat(store.size(KEY)).hasValue(5);
        assertThat(store.size(KEY + ".thumbnail")).isEmpty();
    }

    @Test
    void whatIsPutAgainTakesThePlace() throws IOException {
        ContentStore store = store();
        store.put(KEY, file("first"));
        store.put(KEY, file("second"));

        assertThat(content(store, KEY)).isEqualTo("second");
    }

    @Test
    void whatIsRemovedIsGone() throws IOException {
        ContentStore store = store();
        store.put(KEY, file("first"));
        store.put(KEY + ".thumbnail", file("small"));

        store.delete(KEY);
        store.delete(KEY);

        assertThat(store.size(KEY)).isEmpty();
        assertThatThrownBy(() -> store.open(KEY)).isInstanceOf(NoSuchFileException.class);
        assertThat(content(store, KEY + ".thumbnail")).isEqualTo("small");
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
