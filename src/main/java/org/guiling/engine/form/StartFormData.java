package org.guiling.engine.form;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.RequestKind;
import org.guiling.item.request.Decomposition;
import org.guiling.item.request.ItemChoice;
import org.guiling.item.request.ItemRequests;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.Problem;
import org.guiling.supervision.Objections;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The data of a start form for the person who opens it, in Tasklist or in the portal. The choice of an item is a help
 * and not a rule: the form itself asks for a number, so that other entry points may send any, and whoever names one
 * that they may ask nothing of hears why not.
 */
@Component
public class StartFormData {

    /** Of more than these nobody finds theirs in a list: then the number is typed. A list cut off would hide the rest. */
    private static final int CHOICES = 200;

    private static final int TITLE = 40;

    /** Requests without a decision on a request of their own. */
    private static final Set<RequestProcess> UNDECIDED =
            EnumSet.of(RequestProcess.OBJECTION, RequestProcess.DECOMPOSITION, RequestProcess.TAKING_BACK);

    private final FormContext formContext;
    private final ItemRequests requests;
    private final Objections objections;
    private final Decomposition decomposition;
    private final CurrentPerson currentPerson;

    StartFormData(
            FormContext formContext,
            ItemRequests requests,
            Objections objections,
            Decomposition decomposition,
            CurrentPerson currentPerson) {
        this.formContext = formContext;
        this.requests = requests;
        this.objections = objections;
        this.decomposition = decomposition;
        this.currentPerson = currentPerson;
    }

    /** Options by the name that the form gives them; what is not to be chosen from is left out. */
    public Map<String, Object> of(String processKey) {
        return RequestProcess.of(processKey).map(this::ownItems).orElseGet(() -> formContext.ofStart(processKey));
    }

    private Map<String, Object> ownItems(RequestProcess process) {
        Map<String, Object> data = new HashMap<>(formContext.ofStart(process.key()));
        List<ItemChoice> candidates = candidates(process);
        if (candidates.size() <= CHOICES) {
            data.put("ownItems", candidates.stream().map(StartFormData::option).toList());
        }
        return data;
    }

    /**
     * The requests that the current person may make about an item as it stands; limits of time are checked when one is
     * made.
     */
    public List<RequestProcess> askableOf(Item item) {
        Person person = currentPerson.get();
        Set<RequestKind> askable = requests.askable(item, person);
        return Arrays.stream(RequestProcess.values())
                .filter(process -> switch (process) {
                    case OBJECTION -> objections.mayObject(item, person);
                    case DECOMPOSITION -> decomposition.maySplit(item, person);
                    case TAKING_BACK -> requests.mayTakeBack(item, person) || objections.mayTakeBack(item, person);
                    default -> askable.contains(kind(process));
                })
                .toList();
    }

    /**
     * The reason for which asking this of the item comes to nothing whatever is written; empty where it may succeed.
     */
    @Transactional(readOnly = true)
    public List<Problem> standsAgainst(RequestProcess process, Item item) {
        if (UNDECIDED.contains(process)) {
            return askableOf(item).contains(process) ? List.of() : List.of(notAskable());
        }
        List<Problem> problems = requests.standsAgainst(item, kind(process));
        return problems.isEmpty() && !askableOf(item).contains(process) ? List.of(notAskable()) : problems;
    }

    private static Problem notAskable() {
        return Problem.of(null, "refusal.request.not-now");
    }

    private List<ItemChoice> candidates(RequestProcess process) {
        Person person = currentPerson.get();
        return switch (process) {
            case OBJECTION -> objections.candidates(person, CHOICES + 1);
            case DECOMPOSITION -> decomposition.candidates(person, CHOICES + 1);
            case TAKING_BACK -> requests.undecidedOf(person, CHOICES + 1);
            default -> requests.candidates(kind(process), person, CHOICES + 1);
        };
    }

    private static RequestKind kind(RequestProcess process) {
        return switch (process) {
            case EXTENSION -> RequestKind.EXTENSION;
            case SUSPENSION -> RequestKind.SUSPENSION;
            // The same people may ask for each of the three.
            case WITHDRAWAL -> RequestKind.CANCELLATION;
            case REOPENING -> RequestKind.REOPENING;
            case OBJECTION, DECOMPOSITION, TAKING_BACK ->
                throw new IllegalArgumentException(process + " is no request to decide on");
        };
    }

    private static Map<String, String> option(ItemChoice item) {
        String title = item.title().length() > TITLE ? item.title().substring(0, TITLE) + "…" : item.title();
        return Map.of("value", item.itemNo(), "label", item.itemNo() + " " + title);
    }
}
