package org.guiling.organization.secret;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.PasswordHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Tests the secrets with which production refuses to start. */
class DefaultSecretsTest {

    private static final PasswordEncoder PASSWORDS = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    private final PasswordHashes hashes = Mockito.mock(PasswordHashes.class);

    @ParameterizedTest
    @CsvSource({
        "'',            S3cret-of-ours, The password of the database is missing or a default.",
        "postgres,      S3cret-of-ours, The password of the database is missing or a default.",
        "S3cret-of-ours, guiling-demo,  guiling.organization.initial-password is a default.",
    })
    void aDefaultSecretIsNamed(String databasePassword, String initialPassword, String message) {
        assertThatThrownBy(() -> secrets(databasePassword, initialPassword).afterSingletonsInstantiated())
                .isInstanceOf(DefaultSecretException.class)
                .hasMessage(message);
    }

    @Test
    void theDemosAccountsAreNamed() {
        Mockito.when(hashes.of("leader")).thenReturn(Optional.of(PASSWORDS.encode("guiling-demo")));

        assertThatThrownBy(() -> secrets("S3cret-of-ours", null).afterSingletonsInstantiated())
                .hasMessage("The account leader of this database has the demo's password.");
    }

    @Test
    void secretsOfOnesOwnAreFine() {
        Mockito.when(hashes.of("leader")).thenReturn(Optional.of(PASSWORDS.encode("another")));

        assertThatCode(() -> secrets("S3cret-of-ours", "An0ther-of-ours").afterSingletonsInstantiated())
                .doesNotThrowAnyException();
    }

    private DefaultSecrets secrets(String databasePassword, String initialPassword) {
        JdbcConnectionDetails database = Mockito.mock(JdbcConnectionDetails.class);
        Mockito.when(database.getPassword()).thenReturn(databasePassword);
        return new DefaultSecrets(new OrganizationProperties(null, initialPassword), hashes, PASSWORDS, database);
    }
}
