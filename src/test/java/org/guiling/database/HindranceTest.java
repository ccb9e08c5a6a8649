package org.guiling.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Failures that are no fault of a request or of the program, by what PostgreSQL, the pool and the disk say. */
class HindranceTest {

    @ParameterizedTest
    @CsvSource({
        "40001, 409",
        "40P01, 409",
        "55P03, 409",
        "23505, 409",
        "23503, 409",
        "23P01, 409",
        "53100, 507",
        "53300, 503",
        "57P01, 503",
        "57P02, 503",
        "57P03, 503",
        "08001, 503",
        "08006, 503"
    })
    void aStateHasAStatusHoweverDeepItLies(String state, int status) {
        Throwable failure = new IllegalStateException(new RuntimeException(new SQLException("reason", state)));

        assertThat(Hindrance.of(failure))
                .hasValueSatisfying(found -> assertThat(found.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "22001", "22021", "23502", "23514", "P0001"})
    void whatTheProgramOrTheRequestDidWrongIsNoHindrance(String state) {
        assertThat(Hindrance.of(new RuntimeException(new SQLException("reason", state))))
                .isEmpty();
    }

    @Test
    void springsWordsAndThePoolsAreKnown() {
        assertThat(Hindrance.of(new OptimisticLockingFailureException("gone"))).contains(Hindrance.LOST_RACE);
        assertThat(Hindrance.of(new CannotCreateTransactionException(
                        "no connection", new SQLTransientConnectionException("request timed out"))))
                .contains(Hindrance.UNAVAILABLE);
        assertThat(Hindrance.of(new RuntimeException(new SQLException("Connection is closed"))))
                .contains(Hindrance.UNAVAILABLE);
        assertThat(Hindrance.of(null)).isEmpty();
        assertThat(Hindrance.of(new IOException("Broken pipe"))).isEmpty();
        assertThat(Hindrance.of(new IOException((String) null))).isEmpty();
    }

    /** The kernel's own refusal, not one that was made up. */
    @Test
    @EnabledIf("thereIsAFullDevice")
    void aFullDeviceIsKnownByWhatJavaThrows() {
        Throwable full = catchThrowable(() -> Files.write(Path.of("/dev/full"), new byte[8192]));

        assertThat(full).isInstanceOf(IOException.class);
        assertThat(Hindrance.of(new UncheckedIOException((IOException) full))).contains(Hindrance.STORAGE_FULL);
    }

    static boolean thereIsAFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }
}
