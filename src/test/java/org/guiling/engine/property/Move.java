package org.guiling.engine.property;

import static org.guiling.engine.Samples.fields;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.guiling.engine.Samples;
import org.guiling.engine.property.MoveAction.Climbing;
import org.guiling.engine.property.MoveAction.Completing;
import org.guiling.engine.property.MoveAction.FilingOnFastLane;
import org.guiling.engine.property.MoveAction.Firing;
import org.guiling.engine.property.MoveAction.LoadingAYear;
import org.guiling.engine.property.MoveAction.Raising;
import org.guiling.engine.property.MoveAction.Registering;
import org.guiling.engine.property.MoveAction.TakingATask;
import org.guiling.engine.property.MoveAction.Waiting;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;

/**
 * Every move that there is. Another kind of move is another constant here; one that is made in another way than by a
 * task, a start form or a timer is another {@link MoveAction}. A run in which a kind was never tried fails, so none is
 * forgotten.
 *
 * <p>Those of the straight way come first and in its order: the first that fits is the way onward.
 */
enum Move {
    ACCEPT(completing(UserTask.REVIEW_REGISTRATION, situation -> Samples.acceptance())),
    AMEND(completing(UserTask.AMEND_REGISTRATION, Situation::registration)),
    CLAIM(completing(UserTask.CLAIM_ITEM, Situation::claim)),
    KEEP_WITH_UNIT(
            completing(UserTask.RULE_ON_DECLINE, situation -> fields("decision", "KEEP", "opinion", "仍由该单位办理。"))),
    DRAFT_PLAN(completing(UserTask.DRAFT_PLAN, Situation::plan)),
    APPROVE_PLAN(completing(UserTask.APPROVE_PLAN, situation -> Samples.planApproval())),
    SUBMIT(completing(UserTask.RECTIFY, situation -> Samples.rectification(situation.today()))),
    PASS(completing(UserTask.VERIFY, situation -> situation.verification("PASS"))),
    CONFIRM_FINDING(completing(UserTask.CONFIRM_VERIFICATION, situation -> Samples.secondVerification())),
    SIGN_OFF(completing(UserTask.SIGN_OFF, situation -> Samples.signOff())),
    LOOK_BACK_DAY(new Firing(LookBack.KEY)),
    CONFIRM(completing(LookBack.LOOK_BACK_CHECK, situation -> Samples.confirmation(situation.today()))),
    WAKE_UP(new Firing(RequestProcess.SUSPENSION.key())),

    // Decisions against the straight way.
    RETURN_REGISTRATION(completing(
            UserTask.REVIEW_REGISTRATION,
            situation -> fields("duplicateAnswer", "NONE", "decision", "RETURN", "opinion", "事实不清，请补正。"))),
    REJECT_REGISTRATION(completing(
            UserTask.REVIEW_REGISTRATION,
            situation -> fields("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", "不属于整改事项。"))),
    DECLINE(completing(UserTask.CLAIM_ITEM, situation -> Samples.decline(situation.anotherUnit()))),
    REDISPATCH(completing(
            UserTask.RULE_ON_DECLINE,
            situation -> fields("decision", "REDISPATCH", "newUnit", situation.anotherUnit(), "opinion", "该路段由其管护。"))),
    RETURN_PLAN(completing(UserTask.APPROVE_PLAN, situation -> fields("decision", "RETURN", "opinion", "措施不具体。"))),
    REPORT_PROGRESS(completing(UserTask.RECTIFY, situation -> fields("decision", "PROGRESS", "progress", "第一处已补齐。"))),
    REFUSE_FINDING(completing(UserTask.CONFIRM_VERIFICATION, situation -> Samples.refusedVerification())),
    FIND_PARTIAL(completing(UserTask.VERIFY, situation -> situation.verification("PARTIAL"))),
    FIND_FAILED(completing(UserTask.VERIFY, situation -> situation.verification("FAIL"))),
    FIND_FALSE(completing(UserTask.VERIFY, situation -> situation.verification("FALSE"))),
    REFUSE_SIGN_OFF(completing(
            UserTask.SIGN_OFF,
            situation -> fields(
                    "decision",
                    "RETURN",
                    "defect1",
                    "制度未印发",
                    "reworkDue",
                    Samples.workingDayFrom(situation.daysAhead()).toString(),
                    "opinion",
                    "退回整改。"))),
    FIND_REBOUND(completing(LookBack.LOOK_BACK_CHECK, situation -> Samples.rebound(situation.today()))),

    // Requests, and their answers.
    ASK_FOR_EXTENSION(raising(
            RequestProcess.EXTENSION,
            item -> item.status() == ItemStatus.RECTIFYING || item.status() == ItemStatus.REWORK,
            (item, person) -> person.id().equals(item.handler()),
            situation -> Samples.extension(
                    situation.item().currentDue() == null
                            ? situation.daysAhead()
                            : situation.item().currentDue().plusDays(1 + situation.variant() % 20)))),
    GRANT_EXTENSION(granting(RequestTask.DECIDE_ON_EXTENSION)),
    REFUSE_EXTENSION(refusing(RequestTask.DECIDE_ON_EXTENSION)),
    ASK_FOR_SUSPENSION(raising(
            RequestProcess.SUSPENSION,
            MoveAction::isWorkedOn,
            Move::isOfTheUnit,
            situation -> Samples.suspension(situation.daysAhead()))),
    GRANT_SUSPENSION(granting(RequestTask.DECIDE_ON_SUSPENSION)),
    REFUSE_SUSPENSION(refusing(RequestTask.DECIDE_ON_SUSPENSION)),
    RESUME(completing(RequestTask.RESUME_ITEM, situation -> fields("opinion", "复议已撤回。"))),
    ASK_FOR_MERGER(withdrawal(situation -> fields(
            "kind",
            "MERGER",
            "targetNo",
            situation.others().isEmpty()
                    ? situation.item().itemNo()
                    : situation.others().get(0),
            "reason",
            "同一处井盖。"))),
    ASK_FOR_TRANSFER(withdrawal(situation -> fields("kind", "TRANSFER", "receiptNo", "回执2081-15", "reason", "属省级事权。"))),
    ASK_FOR_CANCELLATION(
            withdrawal(situation -> fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已随改造拆除。"))),
    GRANT_WITHDRAWAL(granting(RequestTask.DECIDE_ON_WITHDRAWAL)),
    REFUSE_WITHDRAWAL(refusing(RequestTask.DECIDE_ON_WITHDRAWAL)),
    TAKE_BACK(new Raising(
            RequestProcess.TAKING_BACK,
            item -> item.openRequester() != null,
            (item, person) -> person.id().equals(item.openRequester()),
            situation -> fields("subject", "REQUEST", "reason", "情况有变。"))),
    ASK_FOR_REOPENING(raising(
            RequestProcess.REOPENING,
            item -> item.status() == ItemStatus.CLOSED,
            (item, person) -> isOfTheOffice(person),
            situation -> Samples.reopening(situation.daysAhead()))),
    GRANT_REOPENING(granting(RequestTask.DECIDE_ON_REOPENING)),
    REFUSE_REOPENING(refusing(RequestTask.DECIDE_ON_REOPENING)),

    // Moves of supervision, and people's decisions on them.
    LOOK(new Firing(SupervisionTask.KEY)),
    CLIMB_TO_CARD(new Climbing()),
    ISSUE_CARD(completing(SupervisionTask.DECIDE_ON_CARD, situation -> fields("decision", "ISSUE"))),
    DROP_CARD(
            completing(SupervisionTask.DECIDE_ON_CARD, situation -> fields("decision", "DROP", "opinion", "材料已在路上。"))),
    TAKE_BACK_CARD(completing(SupervisionTask.TAKE_BACK_CARD, situation -> fields("opinion", "期限看错了。"))),
    ANSWER_CARD(completing(CardReply.ANSWER_CARD, situation -> Samples.cardReply())),
    OBJECT(new Raising(
            RequestProcess.OBJECTION,
            item -> item.objectionable().isPresent(),
            (item, person) -> item.objectionable()
                            .filter(card -> card.unit().equals(person.unitCode()))
                            .isPresent()
                    && (person.has(Role.HANDLER) || person.has(Role.UNIT_LEADER)),
            situation -> fields(
                    "rung",
                    situation.item().objectionable().map(ItemState.Card::rung).orElse("YELLOW_CARD"),
                    "reason",
                    "材料已于到期前送达督查室。"))),
    UPHOLD_OBJECTION(completing(
            RequestTask.RULE_ON_OBJECTION, situation -> fields("decision", "UPHOLD", "opinion", "材料确已按期送达。"))),
    REJECT_OBJECTION(completing(
            RequestTask.RULE_ON_OBJECTION, situation -> fields("decision", "REJECT", "opinion", "送达的不是验收材料。"))),

    SPLIT(raising(
            RequestProcess.DECOMPOSITION,
            item -> Set.of(ItemStatus.PLANNING, ItemStatus.RECTIFYING, ItemStatus.REWORK)
                            .contains(item.status())
                    && item.currentDue() != null,
            Move::isOfTheUnit,
            Situation::split)),

    // Beside the way.
    TAKE_TASK(new TakingATask()),
    REGISTER(new Registering()),
    OPEN_FAST_LANE(new FilingOnFastLane()),
    LET_DAYS_PASS(new Waiting()),
    LOAD_YEAR(new LoadingAYear(LifeCyclePropertyTest.YEAR_TO_LOAD));

    private static final List<Move> ALL = List.of(values());
    /** Moves that fit wherever an item stands, each as often as it is worth its time. */
    private static final List<Move> BESIDE = List.of(
            LET_DAYS_PASS, TAKE_TASK, REGISTER, LET_DAYS_PASS, OPEN_FAST_LANE, LOAD_YEAR, LET_DAYS_PASS, TAKE_TASK);

    /** A card takes a move to be proposed, one to be issued, one to be objected to and one to be ruled upon. */
    private static final Set<Move> OF_CARDS = Set.of(
            CLIMB_TO_CARD,
            ISSUE_CARD,
            DROP_CARD,
            TAKE_BACK_CARD,
            ANSWER_CARD,
            OBJECT,
            UPHOLD_OBJECTION,
            REJECT_OBJECTION);

    private final MoveAction action;

    Move(MoveAction action) {
        this.action = action;
    }

    /** The move that a choice means for an item in this state. */
    static Move of(Choice choice, ItemState item) {
        List<Move> fitting = ALL.stream()
                .filter(move -> move.action.fits(item) && !BESIDE.contains(move))
                .toList();
        return switch (choice.aim()) {
            case ONWARD -> fitting.isEmpty() ? LET_DAYS_PASS : fitting.get(0);
            case ANSWER ->
                answers(fitting).isEmpty()
                        ? Choice.pick(fitting.isEmpty() ? BESIDE : fitting, choice.index())
                        : Choice.pick(answers(fitting), choice.index());
            case CARD -> {
                List<Move> next = fitting.stream().filter(OF_CARDS::contains).toList();
                // It comes up seldom, and a run without it says nothing.
                yield next.contains(OBJECT)
                        ? OBJECT
                        : next.isEmpty() ? LET_DAYS_PASS : Choice.pick(next, choice.index());
            }
            case SUSPENSION ->
                first(fitting, GRANT_SUSPENSION, choice.index() % 2 == 0 ? WAKE_UP : RESUME, ASK_FOR_SUSPENSION);
            case REOPENING ->
                first(fitting, choice.index() % 2 == 0 ? GRANT_REOPENING : REFUSE_REOPENING, ASK_FOR_REOPENING);
            case FITTING -> Choice.pick(fitting.isEmpty() ? BESIDE : fitting, choice.index());
            case BESIDE -> Choice.pick(BESIDE, choice.index());
            case ANY -> Choice.pick(ALL, choice.index());
        };
    }

    /** The first of these that fits, otherwise the way onward. */
    private static Move first(List<Move> fitting, Move... wanted) {
        return Stream.of(wanted)
                .filter(fitting::contains)
                .findFirst()
                .orElse(fitting.isEmpty() ? LET_DAYS_PASS : fitting.get(0));
    }

    private static List<Move> answers(List<Move> fitting) {
        return fitting.stream()
                .filter(move -> move.action instanceof Completing completing && !completing.isOfTheStraightWay())
                .toList();
    }

    MoveAction action() {
        return action;
    }

    /** True where it is an action, which the timeline of an item names: nothing is done yet when a task is taken or due. */
    boolean isRecorded() {
        return !Set.of(TAKE_TASK, LOOK_BACK_DAY, LOOK, CLIMB_TO_CARD, LET_DAYS_PASS, LOAD_YEAR)
                .contains(this);
    }

    /** True where there may be more items after it. */
    boolean mayAddItems() {
        return this == REGISTER || this == OPEN_FAST_LANE || this == SPLIT;
    }

    private static MoveAction completing(TaskContract task, Function<Situation, Map<String, Object>> form) {
        return new Completing(task.id(), form);
    }

    private static MoveAction granting(RequestTask task) {
        return completing(task, situation -> fields("decision", "APPROVE"));
    }

    private static MoveAction refusing(RequestTask task) {
        return completing(task, situation -> fields("decision", "REFUSE", "opinion", "理由不充分。"));
    }

    private static MoveAction raising(
            RequestProcess process,
            Predicate<ItemState> state,
            BiPredicate<ItemState, Person> mayAsk,
            Function<Situation, Map<String, Object>> form) {
        return new Raising(process, item -> state.test(item) && item.openRequest() == null, mayAsk, form);
    }

    private static MoveAction withdrawal(Function<Situation, Map<String, Object>> form) {
        return raising(
                RequestProcess.WITHDRAWAL,
                MoveAction::isWorkedOn,
                (item, person) -> isOfTheUnit(item, person) || isOfTheOffice(person),
                form);
    }

    private static boolean isOfTheUnit(ItemState item, Person person) {
        return person.has(Role.HANDLER) && person.unitCode().equals(item.leadUnit());
    }

    private static boolean isOfTheOffice(Person person) {
        return person.has(Role.REGISTRAR) || person.has(Role.REVIEWER);
    }
}
