package org.guiling.customization;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The files of an office. Versions are only ever added: going back to what is shipped is a version too. Whether a content
 * can be used is asked before it comes here.
 */
@Repository
public class OfficeFiles {

    private final JdbcClient jdbc;
    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    OfficeFiles(JdbcClient jdbc, AuditTrail auditTrail, CurrentPerson currentPerson, Clock clock) {
        this.jdbc = jdbc;
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /** The office's content that counts; empty where what is shipped does. */
    @Transactional(readOnly = true)
    public Optional<byte[]> content(OfficeFileKind kind, String name) {
        return versions(kind, name).stream()
                .findFirst()
                .filter(OfficeVersion::own)
                .flatMap(latest -> content(kind, name, latest.version()));
    }

    /** The content of one version; empty where there is none. */
    @Transactional(readOnly = true)
    public Optional<byte[]> content(OfficeFileKind kind, String name, int version) {
        return jdbc.sql(
                        "select content from office_file where kind = ? and name = ? and version = ? and content is not null")
                .params(kind.name(), name, version)
                .query((row, index) -> row.getBytes("content"))
                .optional();
    }

    /**
     * The content of one version, for administrators.
     *
     * @throws RefusedException when there is none, or the current person is no administrator
     */
    @Transactional(readOnly = true)
    public byte[] file(OfficeFileKind kind, String name, int version) {
        requireAdministrator();
        return content(kind, name, version).orElseThrow(() -> RefusedException.notFound("rules.version-unknown"));
    }

    /** All versions, the one that counts first; empty where the office has never had its own. */
    @Transactional(readOnly = true)
    public List<OfficeVersion> versions(OfficeFileKind kind, String name) {
        return jdbc.sql("""
                        select version, content is not null as own, made_by, made_at from office_file
                        where kind = ? and name = ? order by version desc""")
                .params(kind.name(), name)
                .query((row, index) -> new OfficeVersion(
                        row.getInt("version"),
                        row.getBoolean("own"),
                        row.getString("made_by"),
                        row.getTimestamp("made_at").toInstant()))
                .list();
    }

    /** The names that the office has had files for, in order. */
    @Transactional(readOnly = true)
    public List<String> names(OfficeFileKind kind) {
        return jdbc.sql("select distinct name from office_file where kind = ? order by name")
                .param(kind.name())
                .query(String.class)
                .list();
    }

    /** The number of the newest version; 0 where there is none. */
    @Transactional(readOnly = true)
    public int newest(OfficeFileKind kind, String name) {
        return OfficeVersion.newest(versions(kind, name));
    }

    /**
     * Puts a content in force, in the name of the current person, and writes down who, when and what.
     *
     * @param content null to have what is shipped count again
     * @param expectedVersion the newest version when the person decided
     * @param changes what becomes different, in words
     * @throws RefusedException when the person is no administrator, or somebody else was faster
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(OfficeFileKind kind, String name, byte[] content, int expectedVersion, List<String> changes) {
        Person person = requireAdministrator();
        if (newest(kind, name) != expectedVersion) {
            throw RefusedException.conflict("rules.race");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("kind", kind.name());
        details.put("version", expectedVersion + 1);
        details.put("sha256", store(kind, name, content, expectedVersion + 1, person));
        details.put("changes", changes);
        auditTrail.record(AuditEventKind.RULE_CHANGED, person.id(), name, details);
    }

    /**
     * Has what is shipped count again.
     *
     * @throws RefusedException as {@link #put}, or when the office has nothing of its own in force
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void restore(OfficeFileKind kind, String name, int expectedVersion, List<String> changes) {
        requireAdministrator();
        if (content(kind, name).isEmpty()) {
            throw RefusedException.conflict("rules.same");
        }
        put(kind, name, null, expectedVersion, changes);
    }

    /** @throws RefusedException when the current person is none */
    public Person requireAdministrator() {
        return currentPerson.require(Role.ADMINISTRATOR, "refusal.role.rules");
    }

    /** @return the content's SHA-256; null without a content */
    private String store(OfficeFileKind kind, String name, byte[] content, int version, Person person) {
        try {
            return jdbc.sql("""
                            insert into office_file (kind, name, version, content, made_by, made_at)
                            values (?, ?, ?, ?, ?, ?)
                            returning encode(sha256(content), 'hex')""")
                    .params(kind.name(), name, version, content, person.id(), OffsetDateTime.now(clock))
                    .query((row, index) -> Optional.ofNullable(row.getString(1)))
                    .single()
                    .orElse(null);
        } catch (DuplicateKeyException faster) {
            throw RefusedException.conflict("rules.race");
        }
    }
}
