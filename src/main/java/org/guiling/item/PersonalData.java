package org.guiling.item;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.stereotype.Component;

/**
 * What the record knows of somebody outside the offices: whom a petition is about or comes from (涉及对象). It is masked
 * wherever items are listed, read or exported, and shown to those who work with the item; who saw it is in the audit
 * trail, once a day.
 */
@Component
public class PersonalData {

    private static final Set<SourceType> OF_PETITIONERS =
            EnumSet.of(SourceType.MASS, SourceType.PETITION, SourceType.HOTLINE);
    private static final Set<Role> DECIDING = EnumSet.of(Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);
    private static final String MASK = "＊＊";

    private final ToDos toDos;
    private final AuditTrail auditTrail;

    PersonalData(ToDos toDos, AuditTrail auditTrail) {
        this.toDos = toDos;
        this.auditTrail = auditTrail;
    }

    /** Whether the subject of an item from this source is somebody who petitioned. */
    public static boolean isOfPetitioner(SourceType source) {
        return OF_PETITIONERS.contains(source);
    }

    /**
     * The subject as anybody may read it: of a petitioner the first character alone.
     *
     * @param subject may be null, which it then stays
     */
    public static String masked(SourceType source, String subject) {
        if (subject == null || subject.isBlank() || !isOfPetitioner(source)) {
            return subject;
        }
        return subject.substring(0, subject.offsetByCodePoints(0, 1)) + MASK;
    }

    /**
     * The subject for somebody who works with the item; that they saw it is written down.
     *
     * @return null where the item has none
     */
    public String showSubject(Item item, Person reader) {
        Registration facts = item.registration();
        if (facts.subject() != null && isOfPetitioner(facts.sourceType())) {
            auditTrail.recordOnceADay(
                    AuditEventKind.PERSONAL_DATA_SHOWN, reader.id(), item.itemNo(), Map.of("field", "subject"));
        }
        return facts.subject();
    }

    /** Writes down that somebody found an item by whom a petition is about: they know it now; once a day. */
    public void foundBySubject(String itemNo, Person reader) {
        auditTrail.recordOnceADay(AuditEventKind.PERSONAL_DATA_SHOWN, reader.id(), itemNo, Map.of("field", "subject"));
    }

    /**
     * Writes down that somebody read a file of the item, where it may show whom a petition is about or the item is
     * restricted; once a day.
     */
    public void fileShown(Item item, Person reader) {
        Registration facts = item.registration();
        if (isOfPetitioner(facts.sourceType()) || facts.visibility() == Visibility.RESTRICTED) {
            auditTrail.recordOnceADay(
                    AuditEventKind.PERSONAL_DATA_SHOWN,
                    reader.id(),
                    item.itemNo() + " evidence",
                    Map.of("field", "evidence"));
        }
    }

    /** Writes down that somebody read a file as it was uploaded, with where it was taken; each time. */
    public void originalRead(Item item, Person reader, long evidence, int version, String sha256) {
        auditTrail.record(
                AuditEventKind.ORIGINAL_READ,
                reader.id(),
                item.itemNo() + " evidence",
                Map.of("evidence", evidence, "version", version, "sha256", sha256));
    }

    /**
     * The subject for whoever asks for it.
     *
     * @throws RefusedException when they neither work with the item, nor registered it, nor decide in the leading group
     */
    public String subjectFor(Item item, Person reader) {
        boolean works = item.registeredBy().equals(reader.id())
                || item.responsibility() != null
                        && reader.id().equals(item.responsibility().handler())
                || toDos.of(item.itemNo()).stream().anyMatch(toDo -> toDo.isFor(reader))
                || DECIDING.stream().anyMatch(reader::has);
        if (!works) {
            throw RefusedException.forbidden("refusal.subject.masked");
        }
        return showSubject(item, reader);
    }
}
