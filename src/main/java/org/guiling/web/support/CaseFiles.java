package org.guiling.web.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.guiling.engine.form.ItemFacts;
import org.guiling.engine.form.WorkFacts;
import org.guiling.evidence.Evidence;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.item.Item;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.PersonalData;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

/** Puts together what is known of an item for whoever decides on it; the same number of statements for every item. */
@Component
public class CaseFiles {

    /** So many lines of the history are read before a decision; the rest is one click away. */
    private static final int LATEST = 8;

    private final ItemFacts itemFacts;
    private final WorkFacts facts;
    private final EvidenceFiles evidence;
    private final Timeline timeline;
    private final TimelineTexts timelineTexts;
    private final Paging paging;
    private final Organization organization;
    private final Texts texts;

    CaseFiles(
            ItemFacts itemFacts,
            WorkFacts facts,
            EvidenceFiles evidence,
            Timeline timeline,
            TimelineTexts timelineTexts,
            Paging paging,
            Organization organization,
            Texts texts) {
        this.itemFacts = itemFacts;
        this.facts = facts;
        this.evidence = evidence;
        this.timeline = timeline;
        this.timelineTexts = timelineTexts;
        this.paging = paging;
        this.organization = organization;
        this.texts = texts;
    }

    /** With all that is registered of the item; of a petitioner the first character alone. */
    @Transactional(readOnly = true)
    public CaseFile of(Item item) {
        return of(item, itemFacts.of(item, PersonalData.masked(item), null));
    }

    /** @param problem what the item is about, as far as the reader may know it */
    @Transactional(readOnly = true)
    public CaseFile of(Item item, List<Map<String, Object>> problem) {
        List<Evidence> held = evidence.of(item.itemNo()).stream()
                .filter(piece -> !piece.isWithdrawn())
                .toList();
        Map<String, String> names = organization.personNames(
                held.stream().map(piece -> piece.current().uploadedBy()).collect(Collectors.toSet()));
        Map<Integer, List<CaseFile.File>> byMeasure = held.stream()
                .filter(piece -> piece.measure() != null && isOfWork(piece))
                .collect(Collectors.groupingBy(
                        Evidence::measure, Collectors.mapping(piece -> file(piece, names), Collectors.toList())));
        int before = Math.max(0, timeline.count(item) - LATEST);
        List<TimelineEntry> latest = new ArrayList<>(timeline.of(item, before, LATEST));
        Collections.reverse(latest);
        return new CaseFile(
                item.itemNo(),
                problem,
                item.plan() == null ? List.of() : facts.plan(item),
                facts.measures(item).stream()
                        .map(measure -> new CaseFile.MeasureLine(
                                measure, byMeasure.getOrDefault((Integer) measure.get("seq"), List.of())))
                        .toList(),
                files(held, names, piece -> piece.measure() == null && isOfWork(piece)),
                files(held, names, piece -> !isOfWork(piece)),
                facts.outcome(item),
                defects(item),
                facts.inspection(item),
                facts.signOffs(item),
                latest.stream().map(this::line).toList(),
                before);
    }

    /** The defects of every round, as pages list them. */
    public List<CaseFile.DefectLine> defects(Item item) {
        return facts.defects(item).stream()
                .map(defect -> new CaseFile.DefectLine(
                        (Integer) defect.get("round"), (String) defect.get("content"), (String) defect.get("from")))
                .toList();
    }

    /** The timeline in words, the oldest first, of which the last page is shown first. */
    public Paging.Paged<CaseFile.Line> history(Item item) {
        return paging.readLatest(
                timeline.count(item), "history", (offset, limit) -> timeline.of(item, offset, limit).stream()
                        .map(this::line)
                        .toList());
    }

    private CaseFile.Line line(TimelineEntry entry) {
        TimelineLine line = timelineTexts.line(entry);
        return new CaseFile.Line(texts.minute(line.at()), line.actorName(), line.text(), line.refusal() != null);
    }

    private List<CaseFile.File> files(List<Evidence> held, Map<String, String> names, Predicate<Evidence> which) {
        return held.stream().filter(which).map(piece -> file(piece, names)).toList();
    }

    private static boolean isOfWork(Evidence piece) {
        return piece.purpose() == Evidence.Purpose.RECTIFICATION;
    }

    private CaseFile.File file(Evidence piece, Map<String, String> names) {
        String link = "/api/items/" + piece.itemNo() + "/evidence/" + piece.id();
        return new CaseFile.File(
                piece.current().name(),
                StringUtils.getFilenameExtension(piece.current().name()),
                piece.current().available() ? link : null,
                piece.current().thumbnail() ? link + "/thumbnail" : null,
                piece.current().version(),
                names.getOrDefault(piece.current().uploadedBy(), piece.current().uploadedBy()),
                texts.minute(piece.current().at()));
    }
}
