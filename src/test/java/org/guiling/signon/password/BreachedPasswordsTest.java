package org.guiling.signon.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.SignOnProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line of an office's list is found, the first and the last too, and nothing that is not in it. */
class BreachedPasswordsTest {

    private static final Person SOMEBODY = new Person("somebody", "示例", "town", Set.of(Role.HANDLER));

    @TempDir
    Path folder;

    private static String line(String password) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignOnProperties properties(Path file) {
        return new SignOnProperties(
                new SignOnProperties.Password(10, 4, true, null, file, Set.of()),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Path file(List<String> passwords, String ending, String newLine) throws IOException {
        Path file = folder.resolve("breached.txt");
        List<String> lines = passwords.stream()
                .map(BreachedPasswordsTest::line)
                .sorted()
                .map(line -> line + ending)
                .toList();
        return Files.writeString(file, String.join(newLine, lines));
    }

    @ParameterizedTest
    @CsvSource({"'', LF", "':17', LF", "':3', CRLF"})
    void everyLineIsFound(String ending, String newLine) throws IOException {
        List<String> passwords =
                IntStream.range(0, 500).mapToObj(i -> "桥洞 password " + i).toList();
        BreachedPasswords breached =
                new BreachedPasswords(properties(file(passwords, ending, newLine.equals("LF") ? "\n" : "\r\n")));

        assertThat(passwords).allMatch(breached::include);
        assertThat(IntStream.range(500, 1_000).mapToObj(i -> "桥洞 password " + i))
                .noneMatch(breached::include);
    }

    @Test
    void anEmptyListHasNoneAndNoListNeither() throws IOException {
        assertThat(new BreachedPasswords(properties(file(List.of(), "", "\n"))).include("password"))
                .isFalse();
        assertThat(new BreachedPasswords(properties(null)).include("password")).isFalse();
        assertThatThrownBy(() -> new BreachedPasswords(properties(folder.resolve("not-there"))))
                .hasMessageContaining("breached-file");
    }

    @Test
    void whatIsInTheListIsNotTaken() throws IOException {
        SignOnProperties properties = properties(file(List.of("Nine arches of the south bridge"), "", "\n"));
        PasswordPolicy policy = new PasswordPolicy(properties, new BreachedPasswords(properties));

        assertThat(policy.problem(SOMEBODY, "Nine arches of the south bridge"))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("password.well-known"));
        assertThat(policy.problem(SOMEBODY, "Nine arches of the north bridge")).isEmpty();
    }
}
