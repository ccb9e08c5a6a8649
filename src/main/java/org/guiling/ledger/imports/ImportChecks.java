package org.guiling.ledger.imports;

import org.guiling.engine.form.DuplicateFacts;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Begins checks of files against the ledger, as far as the person who is signed on may see it. */
@Component
class ImportChecks {

    private final ItemProcesses itemProcesses;
    private final VisibleItems visibleItems;
    private final Duplicates duplicates;
    private final DuplicateFacts duplicateFacts;
    private final Organization organization;
    private final Texts texts;
    private final JdbcClient jdbc;

    ImportChecks(
            ItemProcesses itemProcesses,
            VisibleItems visibleItems,
            Duplicates duplicates,
            DuplicateFacts duplicateFacts,
            Organization organization,
            Texts texts,
            JdbcClient jdbc) {
        this.itemProcesses = itemProcesses;
        this.visibleItems = visibleItems;
        this.duplicates = duplicates;
        this.duplicateFacts = duplicateFacts;
        this.organization = organization;
        this.texts = texts;
        this.jdbc = jdbc;
    }

    ImportCheck begin(ImportFile file, ImportRequest request) {
        return new ImportCheck(
                itemProcesses,
                new KnownItems(jdbc, file.profile().headings()),
                new ItemDifferences(jdbc, organization, texts, visibleItems.scope()),
                file.units(),
                facts -> duplicates.visible(facts, null),
                duplicates.rows(),
                duplicateFacts,
                request,
                texts);
    }
}
