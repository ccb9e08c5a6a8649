package org.guiling.customization;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.guiling.customization.OfficeFile.Origin;
import org.guiling.refusal.RefusedException;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of one kind that an administrator replaces whole: what is in force, what another file would change, and the way to
 * put it in force. What a file means is the matter of the subclass.
 *
 * @param <K> what a file is for: a decision table, a kind of document
 * @param <T> what a file says, as a page shows it
 * @param <D> what a file would change, as a page shows it
 */
public abstract class ReplaceableFiles<K, T, D> {

    protected final OfficeFiles officeFiles;

    private final OfficeFileKind kind;

    protected ReplaceableFiles(OfficeFileKind kind, OfficeFiles officeFiles) {
        this.kind = kind;
        this.officeFiles = officeFiles;
    }

    /**
     * The differences that a file would make.
     *
     * @param name of the file that it would replace
     * @param expectedVersion the office's newest version when it was compared
     * @param shipped whether it is the file that the product brings, which then counts again
     * @param changes in words, for the audit trail
     */
    public record Difference<D>(String name, int expectedVersion, boolean shipped, List<String> changes, D details) {}

    public OfficeFileKind kind() {
        return kind;
    }

    /** All that administrators see, in the order of the page. */
    @Transactional(readOnly = true)
    public List<OfficeFile<T>> all() {
        return names().stream().map(this::current).toList();
    }

    /** @throws RefusedException when there is none of that name, or the current person is no administrator */
    @Transactional(readOnly = true)
    public OfficeFile<T> current(String name) {
        officeFiles.requireAdministrator();
        List<OfficeVersion> history = officeFiles.versions(kind, name);
        K key = known(name);
        Origin origin = origin(key, OfficeVersion.isOwn(history));
        return new OfficeFile<>(name, origin, history, content(key, origin));
    }

    /** The file in force. */
    @Transactional(readOnly = true)
    public byte[] file(String name) {
        officeFiles.requireAdministrator();
        return inForce(known(name)).orElseThrow(() -> unknown(name));
    }

    /**
     * The file of one of the office's versions.
     *
     * @throws RefusedException also when there is none
     */
    @Transactional(readOnly = true)
    public byte[] file(String name, int version) {
        known(name);
        return officeFiles.file(kind, name, version);
    }

    /**
     * Says what a file would change; stores nothing.
     *
     * @throws RefusedException when the file cannot be used, with what is wrong with it
     */
    @Transactional(readOnly = true)
    public Difference<D> check(String name, byte[] content) {
        officeFiles.requireAdministrator();
        return difference(known(name), content);
    }

    /**
     * Puts a file in force.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException as {@link #check}, when it is the one in force, or when somebody else was faster
     */
    @Transactional
    public Difference<D> replace(String name, byte[] content, int expectedVersion) {
        Difference<D> difference = check(name, content);
        requireOther(known(difference.name()), content);
        officeFiles.put(
                kind, difference.name(), difference.shipped() ? null : content, expectedVersion, difference.changes());
        return difference;
    }

    /**
     * Has what is shipped count again, or takes a file out of force in whose place nothing is shipped.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException when the office has none in force, or somebody else was faster
     */
    @Transactional
    public void restore(String name, int expectedVersion) {
        known(name);
        officeFiles.restore(kind, name, expectedVersion, List.of());
    }

    protected abstract Collection<String> names();

    /** @throws RefusedException when there is none of that name */
    public abstract K known(String name);

    /** @param own whether the newest version is a file of the office */
    protected Origin origin(K key, boolean own) {
        return own ? Origin.OFFICE : Origin.SHIPPED;
    }

    protected abstract T content(K key, Origin origin);

    /** The bytes of the file in force; empty where there is none. */
    protected abstract Optional<byte[]> inForce(K key);

    /** @throws RefusedException when the file cannot be used */
    protected abstract Difference<D> difference(K key, byte[] content);

    protected RefusedException unknown(String name) {
        return RefusedException.notFound("rules.unknown", name);
    }

    protected Difference<D> difference(String name, boolean shipped, List<String> changes, D details) {
        return new Difference<>(name, officeFiles.newest(kind, name), shipped, changes, details);
    }

    /** @throws RefusedException when the file is the one in force */
    protected void requireOther(K key, byte[] content) {
        if (inForce(key).filter(other -> Arrays.equals(other, content)).isPresent()) {
            throw RefusedException.conflict("rules.same");
        }
    }
}
