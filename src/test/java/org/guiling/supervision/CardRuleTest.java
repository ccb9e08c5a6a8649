package org.guiling.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of cards: what is done with one, by whom, and its outcome (DOMAIN.md §3). */
class CardRuleTest {

    private static final String UNIT = "education-bureau";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final Instant NOW = Instant.parse("2026-11-26T01:00:00Z");
    private static final Person HANDLER = new Person("handler", "承办", UNIT, Set.of(Role.HANDLER));
    private static final Person OTHER = new Person("other", "旁人", "ecology-bureau", Set.of(Role.HANDLER));
    private static final Person ISSUER = new Person("issuer", "督导", "leading-group-office", Set.of(Role.SUPERVISOR));
    private static final Person SUBSTITUTE =
            new Person("substitute", "代理", "leading-group-office", Set.of(Role.SUPERVISOR), List.of(), List.of(ISSUER));

    @ParameterizedTest
    @CsvSource({
        "DUE, YELLOW_CARD, DUE, YELLOW_CARD, true",
        "DUE, RED_CARD, DUE, YELLOW_CARD, true",
        "REJECTION, YELLOW_CARD, DUE, YELLOW_CARD, false",
        "REJECTION, YELLOW_CARD, DUE, RED_CARD, true",
        "DUE, RED_CARD, REJECTION, YELLOW_CARD, false",
        "DUE, YELLOW_CARD, REJECTION, RED_CARD, true",
    })
    void aCardForAReturnGivesWayToAHigherOneOnly(Cause cause, Rung proposed, Cause other, Rung due, boolean givesWay) {
        Watch watch = new Watch(other, "rectify", LimitKind.RECTIFICATION, TODAY, TODAY, null, 0);
        Rise rise = new Rise(watch, new LadderStep(due, 1, "supervisors", "leaders"));

        assertThat(CardRule.givesWay(card(cause, proposed, CardState.PROPOSED), rise))
                .isEqualTo(givesWay);
    }

    @Test
    void whoIssuedACardTakesItBackUnlessTheUnitHasObjected() {
        assertThatCode(() -> CardRule.requireTakingBack(card(CardState.ISSUED), ISSUER))
                .doesNotThrowAnyException();
        assertThatCode(() -> CardRule.requireTakingBack(card(CardState.ISSUED), SUBSTITUTE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CardRule.requireTakingBack(card(CardState.ISSUED), HANDLER))
                .hasMessage("refusal.card.issuer-only");
        assertThatThrownBy(() -> CardRule.requireTakingBack(card(CardState.OBJECTED), ISSUER))
                .hasMessage("refusal.card.objected");
    }

    @Test
    void theUnitObjectsOnceAndInTime() {
        assertThatCode(() -> object(CardState.ISSUED, HANDLER, false, TODAY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> object(CardState.ISSUED, OTHER, false, TODAY))
                .hasMessage("refusal.objection.other-unit");
        assertThatThrownBy(() -> object(CardState.CONFIRMED, HANDLER, false, TODAY))
                .hasMessage("refusal.objection.state");
        assertThatThrownBy(() -> object(CardState.ISSUED, HANDLER, true, TODAY))
                .hasMessage("refusal.objection.waiting");
        assertThatThrownBy(() -> object(CardState.ISSUED, HANDLER, false, TODAY.minusDays(1)))
                .hasMessage("refusal.objection.late");
    }

    @Test
    void whoIssuedACardDoesNotRuleOnIt() {
        assertThatCode(() -> CardRule.requireRuling(card(CardState.OBJECTED), OTHER))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CardRule.requireRuling(card(CardState.OBJECTED), ISSUER))
                .hasMessage("refusal.four-eyes");
        assertThatThrownBy(() -> CardRule.requireRuling(card(CardState.OBJECTED), SUBSTITUTE))
                .hasMessage("refusal.four-eyes");
    }

    @Test
    void whoObjectedTakesTheObjectionBack() {
        assertThat(CardRule.mayTakeBackObjection(card(CardState.OBJECTED), HANDLER))
                .isTrue();
        assertThat(CardRule.mayTakeBackObjection(card(CardState.OBJECTED), OTHER))
                .isFalse();
    }

    @Test
    void theStateFollowsFromTheDecisionAndTheObjection() {
        assertThat(CardState.of(null, false, null)).isEqualTo(CardState.PROPOSED);
        assertThat(CardState.of("DROPPED", false, null)).isEqualTo(CardState.DROPPED);
        assertThat(CardState.of("ISSUED", false, null)).isEqualTo(CardState.ISSUED);
        assertThat(CardState.of("ISSUED", true, null)).isEqualTo(CardState.TAKEN_BACK);
        assertThat(CardState.of("ISSUED", false, objection(null))).isEqualTo(CardState.OBJECTED);
        assertThat(CardState.of("ISSUED", false, objection(true))).isEqualTo(CardState.LIFTED);
        assertThat(CardState.of("ISSUED", false, objection(false))).isEqualTo(CardState.CONFIRMED);
    }

    private static void object(CardState state, Person person, boolean waiting, LocalDate last) {
        CardRule.requireObjection(card(state), person, waiting, last, TODAY);
    }

    private static Card card(CardState state) {
        return card(Cause.DUE, Rung.YELLOW_CARD, state);
    }

    private static Card card(Cause cause, Rung rung, CardState state) {
        return new Card(
                1,
                1,
                rung,
                cause,
                "rectify",
                TODAY,
                UNIT,
                "supervisors",
                "leaders",
                NOW,
                state,
                ISSUER.id(),
                NOW,
                null,
                null,
                null,
                objection(null),
                null,
                null,
                null);
    }

    private static Card.Objection objection(Boolean upheld) {
        return new Card.Objection(
                HANDLER.id(),
                NOW,
                "理由",
                null,
                upheld == null ? null : "leader",
                upheld == null ? null : NOW,
                upheld,
                null);
    }
}
