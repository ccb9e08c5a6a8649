package org.guiling.document;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The documents of an item, and the report of a unit. Who may see the item may have them. Who has a document first issues it:
 * from then on it is what was issued, whatever becomes of the item.
 */
@Service
public class Documents {

    private static final Set<Role> ISSUING = EnumSet.of(Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);
    private static final int LONGEST_NUMBER = 60;
    private static final int LONGEST_REASON = 300;

    private final ItemContents itemContents;
    private final ReportContents reportContents;
    private final Templates templates;
    private final IssuedDocuments register;
    private final Items items;
    private final CurrentPerson currentPerson;
    private final Wording wording;
    private final OfficeClock clock;

    Documents(
            ItemContents itemContents,
            ReportContents reportContents,
            Templates templates,
            IssuedDocuments register,
            Items items,
            CurrentPerson currentPerson,
            Wording wording,
            OfficeClock clock) {
        this.itemContents = itemContents;
        this.reportContents = reportContents;
        this.templates = templates;
        this.register = register;
        this.items = items;
        this.currentPerson = currentPerson;
        this.wording = wording;
        this.clock = clock;
    }

    /** A document as a file; its name is Chinese. */
    public record File(String name, byte[] content) {}

    /** The documents that there is a reason for now. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<DocumentKind> available(Item item) {
        return Arrays.stream(DocumentKind.values())
                .filter(kind -> itemContents.of(kind, item, Issue.AS_IT_COMES).isPresent())
                .toList();
    }

    /** The documents issued about an item, by kind and version. */
    @Transactional(readOnly = true)
    public List<IssuedDocument> issued(Item item) {
        return register.of(item);
    }

    /** True where the person may issue a document again. */
    public boolean mayReissue(Person person) {
        return ISSUING.stream().anyMatch(person::has);
    }

    /**
     * The document as it was issued; had for the first time, it is issued with that. A form that is still being filled in
     * is filled from the record and kept nowhere. The caller has to know that the person may see the item.
     *
     * @throws RefusedException when there is no reason for it yet, or its template cannot be used
     */
    @Transactional
    public File get(DocumentKind kind, String itemNo) {
        Item item = items.getLocked(itemNo);
        Record content = content(kind, item, Issue.AS_IT_COMES);
        Optional<String> occasion = itemContents.occasion(kind, item);
        if (occasion.isEmpty()) {
            return new File(name(kind, item, ""), templates.fill(kind, content));
        }
        IssuedDocument issued = register.latest(item, kind, occasion.get())
                .orElseGet(() -> issue(kind, item, occasion.get(), Issue.AS_IT_COMES, null));
        return file(item, issued);
    }

    /**
     * A version as it was issued.
     *
     * @throws RefusedException when there is none of that number
     */
    @Transactional(readOnly = true)
    public File version(DocumentKind kind, Item item, int version) {
        return register.of(item).stream()
                .filter(issued -> issued.kind() == kind && issued.version() == version)
                .findFirst()
                .map(issued -> file(item, issued))
                .orElseThrow(() -> RefusedException.notFound("refusal.document.no-version", kind, version));
    }

    /**
     * Issues a document again, with today's date and as the record is today; what was issued before stays.
     *
     * @param number the office's; null or blank to leave room for it
     * @param reason why
     * @throws RefusedException when the person may not, there is no reason for the document, or it is not finished
     */
    @Transactional
    public IssuedDocument reissue(DocumentKind kind, String itemNo, String number, String reason) {
        if (!mayReissue(currentPerson.get())) {
            throw RefusedException.forbidden("refusal.document.who");
        }
        String given = number == null || number.isBlank() ? null : number.strip();
        new Gate()
                .require(Gate.given(reason), "reason", "refusal.document.reason")
                .require(
                        reason == null || reason.length() <= LONGEST_REASON,
                        "reason",
                        "refusal.document.long",
                        LONGEST_REASON)
                .require(
                        given == null || given.length() <= LONGEST_NUMBER,
                        "number",
                        "refusal.document.long",
                        LONGEST_NUMBER)
                .pass();
        Item item = items.getLocked(itemNo);
        Issue issue = new Issue(given, clock.today());
        content(kind, item, issue);
        String occasion = itemContents
                .occasion(kind, item)
                .orElseThrow(() -> RefusedException.conflict("refusal.document.unfinished", kind));
        return issue(kind, item, occasion, issue, reason.strip());
    }

    /** The item has to be locked. */
    private IssuedDocument issue(DocumentKind kind, Item item, String occasion, Issue issue, String reason) {
        byte[] content = templates.fill(kind, content(kind, item, issue));
        IssuedDocument issued = new IssuedDocument(
                kind,
                register.nextVersion(item, kind),
                occasion,
                issue.number(),
                clock.today(),
                clock.instant(),
                currentPerson.get().id(),
                reason,
                DigestUtils.sha256Hex(content));
        register.add(item, issued, content);
        return issued;
    }

    private Record content(DocumentKind kind, Item item, Issue issue) {
        return itemContents
                .of(kind, item, issue)
                .orElseThrow(() -> RefusedException.conflict("refusal.document.no-reason", kind));
    }

    private File file(Item item, IssuedDocument issued) {
        String version = issued.version() == 1 ? "" : wording.text("document.version", issued.version());
        byte[] content = register.content(item, issued.kind(), issued.version()).orElseThrow();
        return new File(name(issued.kind(), item, version), content);
    }

    private String name(DocumentKind kind, Item item, String version) {
        return wording.text("document.file", wording.label(kind), item.itemNo() + version);
    }

    /**
     * The rectification report of a unit and those below it.
     *
     * @param from first day of the period
     * @param to its last day, not after today
     * @throws RefusedException when the unit or the period cannot be reported on, or the template cannot be used
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public File report(String unit, LocalDate from, LocalDate to) {
        DocumentContent.RectificationReport content = reportContents.of(unit, from, to);
        DocumentKind kind = DocumentKind.RECTIFICATION_REPORT;
        String name = wording.text(
                "document.file",
                wording.label(kind),
                content.unit() + " " + clock.today().format(DateTimeFormatter.BASIC_ISO_DATE));
        return new File(name, templates.fill(kind, content));
    }
}
