package org.guiling.document;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.customization.OfficeFile.Origin;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.OfficeFiles;
import org.guiling.customization.ReplaceableFiles;
import org.guiling.document.DocumentTemplates.Template;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;

/**
 * The templates in use and the way to change them: check by a trial, put in force. They are kept in the database, so that
 * every node fills the same; a file of the folder ({@code guiling.documents.templates}) counts where there is none.
 */
@Service
public class DocumentTemplates extends ReplaceableFiles<DocumentKind, Template, Void> {

    private final Templates templates;

    DocumentTemplates(Templates templates, OfficeFiles officeFiles) {
        super(OfficeFileKind.DOCUMENT_TEMPLATE, officeFiles);
        this.templates = templates;
    }

    /** A template and what it may name. */
    public record Template(DocumentKind kind, Placeholders placeholders) {}

    /**
     * A document that the template makes, with the names of the placeholders in their places.
     *
     * @throws RefusedException when the template cannot be used; the message names what is wrong
     */
    public byte[] trial(DocumentKind kind, byte[] template) {
        officeFiles.requireAdministrator();
        return templates.fillOwn(template, kind, SampleContent.of(kind));
    }

    @Override
    protected List<String> names() {
        return Stream.of(DocumentKind.values()).map(DocumentKind::id).toList();
    }

    @Override
    public DocumentKind known(String name) {
        return DocumentKind.named(name).orElseThrow(() -> RefusedException.notFound("refusal.document.unknown", name));
    }

    @Override
    protected Origin origin(DocumentKind kind, boolean own) {
        return own ? Origin.OFFICE : templates.isInFolder(kind) ? Origin.FOLDER : Origin.SHIPPED;
    }

    @Override
    protected Template content(DocumentKind kind, Origin origin) {
        return new Template(kind, kind.placeholders());
    }

    @Override
    protected Optional<byte[]> inForce(DocumentKind kind) {
        return Optional.of(templates.inForce(kind));
    }

    @Override
    protected Difference<Void> difference(DocumentKind kind, byte[] content) {
        trial(kind, content);
        return difference(kind.id(), false, List.of(), null);
    }
}
