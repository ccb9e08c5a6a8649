package org.guiling.web.imports;

import org.guiling.ledger.imports.ImportProfiles;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Component;

/** The imports of which items wait for the review of their registration, as a page lists them. */
@Component
class WaitingImports {

    private final ImportReviews reviews;
    private final ImportProfiles profiles;
    private final Paging paging;
    private final Texts texts;

    WaitingImports(ImportReviews reviews, ImportProfiles profiles, Paging paging, Texts texts) {
        this.reviews = reviews;
        this.profiles = profiles;
        this.paging = paging;
        this.texts = texts;
    }

    record Line(
            long id,
            String fileName,
            String profile,
            String importedBy,
            String importedAt,
            int created,
            int similar,
            int waiting) {}

    Paged<Line> page() {
        return paging.read(reviews.countWaiting(), "page", reviews::waiting).map(this::line);
    }

    private Line line(ImportReviews.Batch batch) {
        return new Line(
                batch.id(),
                batch.fileName(),
                profiles.name(batch.profile()),
                batch.importedBy(),
                texts.minute(batch.importedAt()),
                batch.created(),
                batch.similar(),
                batch.waiting());
    }
}
