package org.guiling.item.timeline;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.guiling.item.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts of the timeline as they are stored: in JSON, and in the notes of former versions. */
class TimelineFactTest {

    @ParameterizedTest
    @MethodSource("org.guiling.item.timeline.FactSamples#all")
    void whatIsWrittenIsRead(FactSamples.Sample sample) {
        assertThat(TimelineFacts.write(sample.fact())).isEqualTo(sample.json());
        assertThat(sample.fact().note()).isEqualTo(sample.note());
    }

    @ParameterizedTest
    @MethodSource("org.guiling.item.timeline.FactSamples#all")
    void aNoteOfAFormerVersionIsTheSameFact(FactSamples.Sample sample) {
        assertThat(FormerNotes.read(sample.action(), sample.note())).isEqualTo(sample.fact());
    }

    /** A note of any form, at any action, is answered as it stands in the row. */
    @ParameterizedTest
    @EnumSource
    void noNoteIsLost(Action action) {
        FactSamples.all().map(FactSamples.Sample::note).forEach(note -> assertThat(
                        FormerNotes.read(action, note).note())
                .isEqualTo(note));
        for (String note : List.of("", " ", "→", " → ", "a → ", "= ", "← a 1", "x 2026-02-30", "0 1", "0 x y z")) {
            assertThat(FormerNotes.read(action, note).note()).isEqualTo(note);
        }
    }

    @Test
    void eachTypeHasASample() {
        assertThat(FactSamples.all().map(sample -> sample.fact().getClass()).collect(toSet()))
                .isEqualTo(Set.of(TimelineFact.class.getPermittedSubclasses()));
    }

    @Test
    void anEntryMayTellNoFact() {
        assertThat(TimelineFacts.write(null)).isNull();
    }
}
