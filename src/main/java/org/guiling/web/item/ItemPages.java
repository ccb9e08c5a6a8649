package org.guiling.web.item;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.guiling.engine.form.CardFacts;
import org.guiling.engine.form.ItemFacts;
import org.guiling.engine.form.StartFormData;
import org.guiling.engine.form.WorkFacts;
import org.guiling.engine.provisioning.GroupNames;
import org.guiling.engine.service.ProcessPath;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.todo.PersonalData;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.text.Texts;
import org.guiling.web.support.CaseFiles;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.web.support.OpenPoints;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Everything about one item on one page (事项详情), and the path that it took. */
@Controller
@RequestMapping("/items/{itemNo}")
public class ItemPages {

    private final VisibleItems items;
    private final Ledger ledger;
    private final ItemFacts facts;
    private final WorkFacts workFacts;
    private final CardFacts cardFacts;
    private final ItemRequests requests;
    private final Cards cards;
    private final OpenPoints openPoints;
    private final Paging paging;
    private final DocumentPages documentPages;
    private final CaseFiles caseFiles;
    private final ToDos toDos;
    private final StartFormData startFormData;
    private final ProcessPath processPath;
    private final GroupNames groupNames;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Dues dues;
    private final Texts texts;

    ItemPages(
            VisibleItems items,
            Ledger ledger,
            ItemFacts facts,
            WorkFacts workFacts,
            CardFacts cardFacts,
            ItemRequests requests,
            Cards cards,
            OpenPoints openPoints,
            Paging paging,
            DocumentPages documentPages,
            CaseFiles caseFiles,
            ToDos toDos,
            StartFormData startFormData,
            ProcessPath processPath,
            GroupNames groupNames,
            Organization organization,
            CurrentPerson currentPerson,
            Dues dues,
            Texts texts) {
        this.items = items;
        this.ledger = ledger;
        this.facts = facts;
        this.workFacts = workFacts;
        this.cardFacts = cardFacts;
        this.requests = requests;
        this.cards = cards;
        this.openPoints = openPoints;
        this.paging = paging;
        this.documentPages = documentPages;
        this.caseFiles = caseFiles;
        this.toDos = toDos;
        this.startFormData = startFormData;
        this.processPath = processPath;
        this.groupNames = groupNames;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.dues = dues;
        this.texts = texts;
    }

    /** @param parentNo of which it is a part; null for most */
    record Head(
            String itemNo,
            String title,
            String status,
            Light light,
            String unit,
            Due due,
            int round,
            String parentNo,
            boolean fastLane) {}

    /** The progress of a step. */
    enum Progress {
        ZERO,
        HERE,
        AHEAD
    }

    record StepState(int number, Step step, Progress progress) {}

    /**
     * A task that waits.
     *
     * @param link the task's page; null when it waits for others
     * @param whom whose turn it is, in words
     */
    record Waiting(String name, String whom, String link, Due due) {}

    record Asked(String kind, String outcome, String by, String at, String reason, String opinion) {}

    /**
     * A card.
     *
     * @param replyUntil until when the unit is to answer it; null where no answer is awaited
     * @param reply what the unit has answered; empty before
     */
    record CardLine(String rung, String state, String at, String by, Due replyUntil, List<Map<String, Object>> reply) {}

    record Part(String itemNo, String title, String unit, String status, Light light, Due due) {}

    record Link(String name, String link) {}

    @GetMapping
    String item(@PathVariable String itemNo, Model model) {
        Item item = items.get(itemNo);
        LedgerEntry entry = ledger.find(items.scope(), itemNo).orElseThrow();
        Person reader = currentPerson.get();
        model.addAttribute("item", head(item, entry));
        model.addAttribute("steps", steps(item));
        model.addAttribute("waiting", waiting(item, reader));
        model.addAttribute("openPoints", openPoints.of(item));
        model.addAttribute("askable", askable(item));
        model.addAttribute("facts", facts.of(item, PersonalData.masked(item), null));
        model.addAttribute("plan", item.plan() == null ? List.of() : workFacts.plan(item));
        model.addAttribute("measures", workFacts.measures(item));
        model.addAttribute("verification", workFacts.isVerified(item) ? workFacts.verification(item) : List.of());
        model.addAttribute("signOffs", workFacts.signOffs(item));
        model.addAttribute(
                "requests",
                paging.readLatest(
                        requests.count(item), "requests", (offset, limit) -> requests.of(item, offset, limit).stream()
                                .map(this::asked)
                                .toList()));
        model.addAttribute("cards", cardLines(item));
        model.addAttribute("parts", parts(item));
        model.addAttribute("documents", documentPages.of(item));
        model.addAttribute("defects", caseFiles.defects(item));
        model.addAttribute("timeline", caseFiles.history(item));
        return "item";
    }

    /** The item at a glance: what Tasklist shows of it beside the form of a task. */
    @GetMapping("/summary")
    String summary(@PathVariable String itemNo, Model model) {
        Item item = items.get(itemNo);
        model.addAttribute("item", head(item, ledger.find(items.scope(), itemNo).orElseThrow()));
        model.addAttribute("steps", steps(item));
        model.addAttribute("waiting", waiting(item, currentPerson.get()));
        model.addAttribute("openPoints", openPoints.of(item));
        model.addAttribute("facts", facts.brief(item));
        model.addAttribute("parts", parts(item));
        model.addAttribute("caseFile", caseFiles.of(item, List.of()));
        return "item-summary";
    }

    @GetMapping("/path")
    String path(@PathVariable String itemNo, Model model) {
        model.addAttribute("diagram", processPath.of(itemNo).orElse(null));
        return "item-path";
    }

    private Head head(Item item, LedgerEntry entry) {
        return new Head(
                item.itemNo(),
                entry.title(),
                texts.label(item.status()),
                entry.light(),
                entry.leadUnitName(),
                item.status().isOpen() ? dues.of(entry) : null,
                item.round(),
                item.parentNo(),
                item.isOnFastLane());
    }

    /** All steps of a closed item are at zero; of any other those before its own. */
    private static List<StepState> steps(Item item) {
        int here = item.status() == ItemStatus.CLOSED
                ? Step.values().length
                : item.step().ordinal();
        return Arrays.stream(Step.values())
                .map(step -> new StepState(
                        step.ordinal() + 1,
                        step,
                        step.ordinal() < here
                                ? Progress.ZERO
                                : step.ordinal() == here ? Progress.HERE : Progress.AHEAD))
                .toList();
    }

    /** The tasks that wait. Confidential ones are shown only to those whose turn it is; a suspended item has none. */
    private List<Waiting> waiting(Item item, Person reader) {
        Map<String, String> groups = groupNames.all();
        return toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.isFor(reader) || !contract(toDo).isConfidential())
                .filter(toDo -> item.status() != ItemStatus.SUSPENDED || !(contract(toDo) instanceof UserTask))
                .map(toDo -> new Waiting(
                        texts.label((Enum<?>) contract(toDo)),
                        toDo.assignee() == null
                                ? groups.getOrDefault(toDo.group(), toDo.group())
                                : organization.personName(toDo.assignee()),
                        toDo.isFor(reader) ? "/tasks/" + toDo.taskId() : null,
                        dues.of(toDo)))
                .toList();
    }

    private static TaskContract contract(ToDo toDo) {
        return TaskContract.of(toDo.taskKey()).orElseThrow();
    }

    private List<Link> askable(Item item) {
        return startFormData.askableOf(item).stream()
                .map(process ->
                        new Link(texts.label(process), "/items/" + item.itemNo() + "/requests/" + process.key()))
                .toList();
    }

    private Asked asked(ItemRequest request) {
        return new Asked(
                texts.label(request.kind()),
                texts.get(outcome(request)),
                organization.personName(request.requestedBy()),
                texts.minute(request.requestedAt()),
                request.reason(),
                request.opinion());
    }

    private static String outcome(ItemRequest request) {
        if (request.takenBackAt() != null) {
            return "item.request.taken-back";
        }
        if (request.granted() == null) {
            return "item.request.open";
        }
        return request.granted() ? "item.request.granted" : "item.request.refused";
    }

    /** The cards that were decided on. Proposals concern only those who decide on them. */
    private Paged<CardLine> cardLines(Item item) {
        return paging.readLatest(
                cards.countKnown(item), "cards", (offset, limit) -> cards.known(item, offset, limit).stream()
                        .map(this::cardLine)
                        .toList());
    }

    private CardLine cardLine(Card card) {
        return new CardLine(
                texts.label(card.rung()),
                texts.label(card.state()),
                texts.minute(card.decidedAt()),
                organization.personName(card.decidedBy()),
                card.awaitsReply() ? dues.of(card.replyUntil()) : null,
                cardFacts.reply(card));
    }

    private Paged<Part> parts(Item item) {
        DataScope scope = items.scope();
        return paging.read(
                ledger.countParts(scope, item.itemNo()),
                "parts",
                (offset, limit) -> ledger.parts(scope, item.itemNo(), offset, limit).stream()
                        .map(this::part)
                        .toList());
    }

    private Part part(LedgerEntry entry) {
        return new Part(
                entry.itemNo(),
                entry.title(),
                entry.leadUnitName(),
                texts.label(entry.status()),
                entry.light(),
                entry.status().isOpen() ? dues.of(entry) : null);
    }
}
