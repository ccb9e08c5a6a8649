package org.guiling.item.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.PlainItems;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The requests that may be made about an item, and by whom (DOMAIN.md §3). */
class RequestRuleTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final Person HANDLER =
            new Person(PlainItems.HANDLER, "承办", PlainItems.LEAD_UNIT, Set.of(Role.HANDLER));
    private static final Person COLLEAGUE = new Person("colleague", "同事", PlainItems.LEAD_UNIT, Set.of(Role.HANDLER));
    private static final Person OTHER_UNIT = new Person("other", "旁人", "ecology-bureau", Set.of(Role.HANDLER));
    private static final Person OFFICE = new Person("registrar", "登记", "leading-group-office", Set.of(Role.REGISTRAR));
    private static final Person SUBSTITUTE =
            new Person("substitute", "代理", "ecology-bureau", Set.of(Role.VERIFIER), List.of(), List.of(HANDLER));

    @ParameterizedTest
    @CsvSource({
        "EXTENSION, RECTIFYING, true, false, false, false, true",
        "SUSPENSION, VERIFYING, true, true, false, false, true",
        "MERGER, PLANNING, true, true, false, true, true",
        "TRANSFER, PLANNING, true, true, false, true, true",
        "CANCELLATION, PLANNING, true, true, false, true, true",
        "REOPENING, CLOSED, false, false, false, true, false",
    })
    void eachKindHasThoseWhoMayAsk(
            RequestKind kind,
            ItemStatus status,
            boolean handler,
            boolean colleague,
            boolean otherUnit,
            boolean office,
            boolean substitute) {
        Item item = PlainItems.at(status);

        assertThat(List.of(HANDLER, COLLEAGUE, OTHER_UNIT, OFFICE, SUBSTITUTE))
                .extracting(person -> RequestRule.mayAsk(kind, item, person))
                .containsExactly(handler, colleague, otherUnit, office, substitute);
        Person asker = handler ? HANDLER : OFFICE;
        assertThat(refusals(kind, item, asker, false)).isEmpty();
        assertThat(refusals(kind, item, OTHER_UNIT, false)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ItemStatus.class,
            names = {"DRAFT", "REVIEW", "DISPUTED", "SUSPENDED", "CLOSED", "MERGED", "TRANSFERRED", "CANCELLED"})
    void nothingButAReopeningIsAskedOfWhatIsNotWorkedOn(ItemStatus status) {
        Item item = PlainItems.at(status);

        assertThat(refusals(RequestKind.SUSPENSION, item, HANDLER, false)).containsExactly("refusal.request.status");
        assertThat(RequestRule.statuses(RequestKind.REOPENING).contains(status)).isEqualTo(status == ItemStatus.CLOSED);
    }

    @Test
    void anExtensionIsAskedWhileTheItemIsRectified() {
        assertThat(refusals(RequestKind.EXTENSION, PlainItems.at(ItemStatus.REWORK), HANDLER, false))
                .isEmpty();
        assertThat(refusals(RequestKind.EXTENSION, PlainItems.at(ItemStatus.VERIFYING), HANDLER, false))
                .containsExactly("refusal.request.status");
    }

    @Test
    void oneRequestWaitsAtATime() {
        assertThat(refusals(RequestKind.MERGER, PlainItems.at(ItemStatus.RECTIFYING), HANDLER, true))
                .containsExactly("refusal.request.waiting");
        assertThat(refusals(RequestKind.REOPENING, PlainItems.at(ItemStatus.RECTIFYING), HANDLER, true))
                .containsExactly("refusal.request.office-only", "refusal.request.status", "refusal.request.waiting");
    }

    @Test
    void aGroundIsOneOfItsKind() {
        assertThat(ground(RequestKind.SUSPENSION, RequestGround.LITIGATION)).isEmpty();
        assertThat(ground(RequestKind.SUSPENSION, RequestGround.DUPLICATE)).containsExactly("refusal.request.ground");
        assertThat(ground(RequestKind.CANCELLATION, null)).containsExactly("refusal.request.ground");
    }

    @Test
    void aDateThatPassedWhileTheRequestWaitedIsNotGranted() {
        assertThat(granted(TODAY)).isEmpty();
        assertThat(granted(null)).isEmpty();
        assertThat(granted(TODAY.minusDays(1))).containsExactly("refusal.request.date-passed");
    }

    @Test
    void whoAskedTakesItBackOrASubstitute() {
        assertThat(RequestRule.mayTakeBack(PlainItems.HANDLER, HANDLER)).isTrue();
        assertThat(RequestRule.mayTakeBack(PlainItems.HANDLER, SUBSTITUTE)).isTrue();
        assertThat(RequestRule.mayTakeBack(PlainItems.HANDLER, COLLEAGUE)).isFalse();
    }

    @Test
    void aWithdrawalNeverCloses() {
        assertThat(RequestRule.ending(RequestKind.MERGER))
                .isEqualTo(new RequestRule.Ending(Action.MERGE, ItemStatus.MERGED));
        assertThat(RequestRule.ending(RequestKind.TRANSFER))
                .isEqualTo(new RequestRule.Ending(Action.TRANSFER, ItemStatus.TRANSFERRED));
        assertThat(RequestRule.ending(RequestKind.CANCELLATION))
                .isEqualTo(new RequestRule.Ending(Action.CANCEL, ItemStatus.CANCELLED));
        assertThatThrownBy(() -> RequestRule.ending(RequestKind.EXTENSION)).isInstanceOf(IllegalStateException.class);
    }

    private static List<String> refusals(RequestKind kind, Item item, Person person, boolean waiting) {
        try {
            RequestRule.requireAskable(new Gate(), kind, item, person, waiting);
            return List.of();
        } catch (RefusedException refused) {
            return refused.problems().stream().map(Problem::code).toList();
        }
    }

    private static List<String> ground(RequestKind kind, RequestGround ground) {
        Gate gate = new Gate();
        RequestRule.requireGround(gate, kind, ground);
        return codes(gate);
    }

    private static List<String> granted(LocalDate askedDay) {
        Gate gate = new Gate();
        RequestRule.requireDateToCome(gate, askedDay, TODAY);
        return codes(gate);
    }

    private static List<String> codes(Gate gate) {
        return gate.problems().stream().map(Problem::code).toList();
    }
}
