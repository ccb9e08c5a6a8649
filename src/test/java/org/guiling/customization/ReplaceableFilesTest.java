package org.guiling.customization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.guiling.customization.OfficeFile.Origin;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tests what every kind of file that an office may replace has in common, and the memory for those that are read often. */
class ReplaceableFilesTest {

    private static final OfficeFileKind KIND = OfficeFileKind.DOCUMENT_TEMPLATE;
    private static final String NAME = "letter";

    private final OfficeFiles officeFiles = mock(OfficeFiles.class);
    private final Letters letters = new Letters(officeFiles);

    @Test
    void theNewestVersionTellsTheOriginAndWhatAChangeWasDecidedOn() {
        assertThat(letters.current(NAME).origin()).isEqualTo(Origin.SHIPPED);
        assertThat(letters.current(NAME).expectedVersion()).isZero();

        history(true);
        assertThat(letters.current(NAME).origin()).isEqualTo(Origin.OFFICE);
        assertThat(letters.current(NAME).expectedVersion()).isEqualTo(1);

        // going back to what is shipped is a version too
        history(false, true);
        assertThat(letters.current(NAME).origin()).isEqualTo(Origin.SHIPPED);
        assertThat(letters.current(NAME).expectedVersion()).isEqualTo(2);
        assertThat(letters.all()).extracting(OfficeFile::content).containsExactly("in force");
    }

    @Test
    void aFileIsPutInForceWithWhatItChangesOnTheVersionThatItWasDecidedOn() {
        when(officeFiles.newest(KIND, NAME)).thenReturn(4);

        int expectedVersion = letters.check(NAME, bytes("another")).expectedVersion();
        letters.replace(NAME, bytes("another"), 3);

        assertThat(expectedVersion).isEqualTo(4);
        verify(officeFiles).put(KIND, NAME, bytes("another"), 3, List.of("in force ⇒ another"));
    }

    @Test
    void theShippedFileIsNoFileOfTheOffice() {
        letters.replace(NAME, bytes("shipped"), 0);

        verify(officeFiles).put(KIND, NAME, null, 0, List.of("in force ⇒ shipped"));
    }

    @Test
    void whatIsInForceOrUnknownIsRefused() {
        assertRefused(() -> letters.replace(NAME, bytes("in force"), 0), "rules.same");
        assertRefused(() -> letters.replace("other", bytes("another"), 0), "rules.unknown");
        assertRefused(() -> letters.file("other", 1), "rules.unknown");

        verify(officeFiles, never()).put(any(), any(), any(), anyInt(), any());
    }

    @Test
    void memoryTakesAVersionWhenItIsCommittedAndNoOlderOne() {
        List<Integer> read = new ArrayList<>();
        InMemory<String> memory = new InMemory<>("shipped", version -> {
            read.add(version);
            return "version " + version;
        });

        TransactionSynchronizationManager.initSynchronization();
        try {
            memory.readStored(2);
            assertThat(memory.get()).isEqualTo("shipped");
            TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        } finally {
            TransactionSynchronizationManager.clearSynchronization();
        }
        assertThat(memory.get()).isEqualTo("version 2");

        memory.keep(1, "late");
        memory.refresh(2);
        assertThat(memory.get()).isEqualTo("version 2");
        memory.refresh(3);
        assertThat(memory.get()).isEqualTo("version 3");
        assertThat(read).containsExactly(2, 3);
    }

    private void history(boolean... own) {
        List<OfficeVersion> history = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            history.add(new OfficeVersion(own.length - i, own[i], "administrator", Instant.EPOCH));
        }
        when(officeFiles.versions(KIND, NAME)).thenReturn(history);
    }

    private static void assertRefused(Runnable work, String code) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.problems())
                        .extracting(Problem::code)
                        .containsExactly(code));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** One letter, of which nothing is asked but to be another. */
    private static final class Letters extends ReplaceableFiles<String, String, Void> {

        Letters(OfficeFiles officeFiles) {
            super(KIND, officeFiles);
        }

        @Override
        protected List<String> names() {
            return List.of(NAME);
        }

        @Override
        public String known(String name) {
            return Optional.of(name).filter(NAME::equals).orElseThrow(() -> unknown(name));
        }

        @Override
        protected String content(String name, Origin origin) {
            return "in force";
        }

        @Override
        protected Optional<byte[]> inForce(String name) {
            return Optional.of(bytes("in force"));
        }

        @Override
        protected Difference<Void> difference(String name, byte[] content) {
            String text = new String(content, UTF_8);
            return difference(name, text.equals("shipped"), List.of("in force ⇒ " + text), null);
        }
    }
}
