package org.guiling.document;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.refusal.RefusedException;
import org.guiling.rules.OfficeFileKind;
import org.guiling.rules.OfficeFiles;
import org.guiling.rules.OfficeVersion;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The templates in use and the way to change them: check by a trial, put in force. They are kept in the database, so that
 * every node fills the same; a file of the folder ({@code guiling.documents.templates}) counts where there is none.
 */
@Service
public class DocumentTemplates {

    private static final OfficeFileKind KIND = OfficeFileKind.DOCUMENT_TEMPLATE;

    private final Templates templates;
    private final OfficeFiles officeFiles;

    DocumentTemplates(Templates templates, OfficeFiles officeFiles) {
        this.templates = templates;
        this.officeFiles = officeFiles;
    }

    /** The sources of a template in use. */
    public enum Origin {
        SHIPPED,
        /** An administrator put it in force here. */
        OFFICE,
        /** A file of the folder, which each node has for itself. */
        FOLDER
    }

    /**
     * A template in use.
     *
     * @param history the office's versions, the newest first
     * @param texts what it may name
     * @param lists a list's name, and the names in its rows
     */
    public record Current(
            DocumentKind kind,
            Origin origin,
            List<OfficeVersion> history,
            List<String> texts,
            Map<String, List<String>> lists) {

        /** The newest version, which a change has to name: one that was decided on another is refused. */
        public int expectedVersion() {
            return OfficeVersion.newest(history);
        }
    }

    /** @throws RefusedException when the current person is no administrator */
    @Transactional(readOnly = true)
    public Current current(DocumentKind kind) {
        officeFiles.requireAdministrator();
        List<OfficeVersion> history = officeFiles.versions(KIND, kind.id());
        Placeholders placeholders = kind.placeholders();
        Map<String, List<String>> lists = placeholders.lists().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        list -> List.copyOf(list.getValue()),
                        (one, other) -> one,
                        LinkedHashMap::new));
        return new Current(kind, origin(kind, history), history, List.copyOf(placeholders.texts()), lists);
    }

    /** The file in use. */
    @Transactional(readOnly = true)
    public byte[] file(DocumentKind kind) {
        officeFiles.requireAdministrator();
        return switch (origin(kind, officeFiles.versions(KIND, kind.id()))) {
            case OFFICE -> officeFiles.content(KIND, kind.id()).orElseThrow();
            case FOLDER -> templates.ofFolder(kind);
            case SHIPPED -> Templates.shipped(kind);
        };
    }

    /**
     * The file of one of the office's versions.
     *
     * @throws RefusedException also when there is none
     */
    @Transactional(readOnly = true)
    public byte[] file(DocumentKind kind, int version) {
        return officeFiles.file(KIND, kind.id(), version);
    }

    /**
     * A document that the template makes, with the names of the placeholders in their places.
     *
     * @throws RefusedException when the template cannot be used; the message names what is wrong
     */
    public byte[] trial(DocumentKind kind, byte[] template) {
        officeFiles.requireAdministrator();
        return templates.fillOwn(template, kind, SampleContent.of(kind));
    }

    /**
     * Puts a template in force for every later document.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException when it cannot be used, is the one in use, or somebody else was faster
     */
    @Transactional
    public void replace(DocumentKind kind, byte[] template, int expectedVersion) {
        trial(kind, template);
        if (Arrays.equals(file(kind), template)) {
            throw RefusedException.conflict("rules.same");
        }
        officeFiles.put(KIND, kind.id(), template, expectedVersion, List.of());
    }

    /**
     * Has the shipped template count again, or that of the folder where there is one.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException when the office has none in force, or somebody else was faster
     */
    @Transactional
    public void restore(DocumentKind kind, int expectedVersion) {
        officeFiles.requireAdministrator();
        if (officeFiles.content(KIND, kind.id()).isEmpty()) {
            throw RefusedException.conflict("rules.same");
        }
        officeFiles.put(KIND, kind.id(), null, expectedVersion, List.of());
    }

    private Origin origin(DocumentKind kind, List<OfficeVersion> history) {
        if (!history.isEmpty() && history.get(0).own()) {
            return Origin.OFFICE;
        }
        return templates.isInFolder(kind) ? Origin.FOLDER : Origin.SHIPPED;
    }
}
