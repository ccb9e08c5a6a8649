package org.guiling.signon.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorKeyTest {

    private static final byte[] SECRET =
            PendingFactor.generate(TotpAlgorithm.SHA1).secret();

    @TempDir
    Path folder;

    @Test
    void theFileIsMadeOnceAndItsOwnersAlone() throws IOException {
        Path file = folder.resolve("new").resolve("second-factor.key");

        byte[] stored = key(null, file, false).encrypt("handler", SECRET);

        assertThat(key(null, file, true).decrypt("handler", stored)).hasValue(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void nodesThatStartAtOnceHaveTheSame() {
        Path file = folder.resolve("second-factor.key");

        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> key(null, file, false).encrypt("handler", SECRET))
                        .toList())
                .allSatisfy(stored -> assertThat(key(null, file, true).decrypt("handler", stored))
                        .hasValue(SECRET));
    }

    @Test
    void whatIsAnothersOrOfAnotherKeyIsNotRead() {
        FactorKey key = key(null, folder.resolve("one.key"), false);
        byte[] stored = key.encrypt("handler", SECRET);
        byte[] changed = stored.clone();
        changed[20] ^= 1;

        assertThat(key.decrypt("handler2", stored)).isEmpty();
        assertThat(key.decrypt("handler", changed)).isEmpty();
        assertThat(key(null, folder.resolve("other.key"), false).decrypt("handler", stored))
                .isEmpty();
        assertThat(stored).hasSize(12 + 20 + 16).isNotEqualTo(key.encrypt("handler", SECRET));
    }

    @Test
    void aKeyThatIsLostIsNotReplacedSilently() {
        Path file = folder.resolve("second-factor.key");

        assertThatThrownBy(() -> key(null, file, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Restore it");
        assertThat(file).doesNotExist();
    }

    @Test
    void theKeyOfTheEnvironmentComesBeforeTheFile() {
        String given = Base64.getEncoder().encodeToString(new byte[32]);
        Path file = folder.resolve("second-factor.key");

        byte[] stored = key(given, file, true).encrypt("handler", SECRET);

        assertThat(key(given, null, true).decrypt("handler", stored)).hasValue(SECRET);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> key(text, null, false)).hasMessageContaining("32 bytes in Base64");
    }

    @Test
    void aFormerKeyIsReadWithAndNotWrittenWith() throws IOException {
        Path file = folder.resolve("second-factor.key");
        FactorKey before = key(null, file, false);
        byte[] stored = before.encrypt("handler", SECRET);
        String former = Files.readString(file).strip();
        Files.delete(file);

        FactorKey after = key(null, file, true, former);

        assertThat(Files.readString(file).strip()).isNotEqualTo(former);
        assertThat(after.decrypt("handler", stored)).hasValue(SECRET);
        assertThat(after.decrypt("handler2", stored)).isEmpty();
        assertThat(after.isCurrent("handler", stored)).isFalse();
        byte[] anew = after.encrypt("handler", SECRET);
        assertThat(after.isCurrent("handler", anew)).isTrue();
        assertThat(before.decrypt("handler", anew)).isEmpty();
        assertThatThrownBy(() -> key(null, file, true, "short")).hasMessageContaining("32 bytes in Base64");
    }

    static FactorKey key(String text, Path file, boolean secretsThere, String... former) {
        FactorRecords records = new FactorRecords(null, null) {
            @Override
            boolean exist() {
                return secretsThere;
            }
        };
        return new FactorKey(
                new SecondFactorProperties(
                        Set.of(),
                        text,
                        List.of(former),
                        file,
                        TotpAlgorithm.SHA1,
                        1,
                        5,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(10),
                        Duration.ofHours(24),
                        Set.of(),
                        Set.of()),
                records);
    }
}
