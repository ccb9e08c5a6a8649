package org.guiling.item.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.PlainItems;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody approves their own work: DOMAIN.md §1. */
class FourEyesRuleTest {

    private static final Person SOMEBODY = new Person("somebody", "某人", "ecology-bureau", Set.of(Role.VERIFIER));
    private static final Known NOTHING = new Known(Set.of(), Set.of(), null, Set.of());

    private record Known(Set<String> signers, Set<String> verifiers, String first, Set<String> passed)
            implements FourEyesRule.Facts {

        @Override
        public Optional<String> firstVerifier() {
            return Optional.ofNullable(first);
        }

        @Override
        public boolean passedFalsifiedWork(String person) {
            return passed.contains(person);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTER, REVIEW_REGISTRATION",
        "REVIEW_REGISTRATION, CLAIM",
        "DRAFT_PLAN, APPROVE_PLAN",
        "SUBMIT_RECTIFICATION, VERIFY",
        "VERIFY, SIGN_OFF",
        "SIGN_OFF, LOOK_BACK",
        "APPROVE_PLAN, SPOT_CHECK",
        "REQUEST, DECIDE_REQUEST",
        "ADD_EVIDENCE, ISSUE_CARD",
        "ISSUE_CARD, ANSWER_CARD",
        "OBJECT, RULE_ON_OBJECTION",
    })
    void whatWasDoneExcludesFromWhatDecidesOnIt(Action done, Action action) {
        Item item = PlainItems.at(ItemStatus.RECTIFYING);
        assertThat(FourEyesRule.conflict(item, action, SOMEBODY, NOTHING)).isEmpty();

        item.remember(SOMEBODY.id(), done);

        assertThat(FourEyesRule.conflict(item, action, SOMEBODY, NOTHING)).contains(done);
    }

    @Test
    void aSubstituteApprovesNothingThatTheAbsentPersonMade() {
        Item item = PlainItems.at(ItemStatus.RECTIFYING);
        item.remember("absent", Action.REGISTER);
        Person absent = new Person("absent", "缺席", "ecology-bureau", Set.of(Role.REVIEWER));
        Person substitute =
                new Person("substitute", "代理", "ecology-bureau", Set.of(Role.REVIEWER), List.of(), List.of(absent));

        assertThat(FourEyesRule.conflict(item, Action.REVIEW_REGISTRATION, substitute, NOTHING))
                .contains(Action.REGISTER);
    }

    @Test
    void whoHasTheItemInHandDoesNotVerifyIt() {
        Person handler = new Person(PlainItems.HANDLER, "承办", PlainItems.LEAD_UNIT, Set.of(Role.VERIFIER));

        assertThat(FourEyesRule.conflict(PlainItems.at(ItemStatus.VERIFYING), Action.VERIFY, handler, NOTHING))
                .contains(Action.SUBMIT_RECTIFICATION);
    }

    @Test
    void nobodySignsTwice() {
        Known signed = new Known(Set.of(SOMEBODY.id()), Set.of(), null, Set.of());

        assertThat(FourEyesRule.conflict(PlainItems.at(ItemStatus.CLOSING), Action.SIGN_OFF, SOMEBODY, signed))
                .contains(Action.SIGN_OFF);
    }

    @Test
    void oneOfSeveralVerifiersDoesNotLookAfterwards() {
        Known verified = new Known(Set.of(), Set.of(SOMEBODY.id()), null, Set.of());
        Item item = PlainItems.at(ItemStatus.CLOSING);

        assertThat(FourEyesRule.conflict(item, Action.SIGN_OFF, SOMEBODY, verified))
                .contains(Action.VERIFY);
        assertThat(FourEyesRule.conflict(item, Action.VERIFY, SOMEBODY, verified))
                .isEmpty();
    }

    @Test
    void ofTwoOnSiteNobodyIsBoth() {
        Known found = new Known(Set.of(), Set.of(), SOMEBODY.id(), Set.of());

        assertThat(FourEyesRule.conflict(PlainItems.at(ItemStatus.VERIFYING), Action.VERIFY, SOMEBODY, found))
                .contains(Action.RECORD_FINDING);
    }

    @Test
    void whoPassedFalsifiedWorkDoesNotVerifyTheNextRound() {
        Known passed = new Known(Set.of(), Set.of(), null, Set.of(SOMEBODY.id()));
        Item item = PlainItems.at(ItemStatus.VERIFYING);
        assertThat(FourEyesRule.conflict(item, Action.VERIFY, SOMEBODY, passed)).isEmpty();

        item.beginNextRound(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 11, 26));

        assertThat(FourEyesRule.conflict(item, Action.VERIFY, SOMEBODY, passed)).contains(Action.VERIFY);
    }
}
