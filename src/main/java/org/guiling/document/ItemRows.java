package org.guiling.document;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.document.DocumentContent.InstitutionRow;
import org.guiling.document.DocumentContent.ItemFacts;
import org.guiling.document.DocumentContent.MeasureRow;
import org.guiling.item.Item;
import org.guiling.item.Plan;
import org.guiling.item.Registration;
import org.guiling.item.Responsibility;
import org.guiling.item.record.HeldFile;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.MeasureFiles;
import org.guiling.item.todo.PersonalData;
import org.springframework.stereotype.Component;

/** Rows that several documents share: an item's facts, its measures with their evidence, the rules (制度) it led to. */
@Component
class ItemRows {

    /** So much of a hash tells a file from any other that somebody might have. */
    private static final int HASH_SHOWN = 12;

    private final ItemRecords records;
    private final MeasureFiles measureFiles;
    private final Wording wording;

    ItemRows(ItemRecords records, MeasureFiles measureFiles, Wording wording) {
        this.records = records;
        this.measureFiles = measureFiles;
        this.wording = wording;
    }

    /** The files that show no single measure, and those that the verifiers brought. */
    String otherEvidence(Item item) {
        return measureFiles.files(item).stream()
                .filter(file -> file.measure() == null || file.ofVerifiers())
                .map(this::named)
                .collect(joining("\n"));
    }

    /** The handler's text, and each file with the beginning of its hash, so that nobody puts another in its place. */
    private String evidence(String written, List<HeldFile> files) {
        return Stream.concat(Stream.of(wording.entered(written)), files.stream().map(this::named))
                .filter(part -> !part.isBlank())
                .collect(joining("\n"));
    }

    private String named(HeldFile file) {
        String hash = file.sha256().substring(0, HASH_SHOWN);
        return file.version() == 1
                ? wording.text("document.file-named", file.name(), hash)
                : wording.text("document.file-version", file.name(), wording.number(file.version()), hash);
    }

    List<MeasureRow> measures(Item item) {
        Map<Integer, List<HeldFile>> files = measureFiles.files(item).stream()
                .filter(file -> file.measure() != null && !file.ofVerifiers())
                .collect(groupingBy(HeldFile::measure));
        List<MeasureRow> rows = records.measures(item).stream()
                .map(measure -> new MeasureRow(
                        wording.number(measure.seq()),
                        wording.entered(measure.content()),
                        wording.label(measure.track()),
                        wording.entered(measure.owner()),
                        wording.day(measure.due()),
                        wording.entered(measure.expectedResult()),
                        wording.text(measure.done() ? "measure.done" : "measure.open"),
                        wording.entered(measure.result()),
                        evidence(measure.evidence(), files.getOrDefault(measure.seq(), List.of()))))
                .toList();
        return orBlank(rows, new MeasureRow("", "", "", "", "", "", "", "", ""));
    }

    List<InstitutionRow> institutions(Item item) {
        List<InstitutionRow> rows = records.institutions(item).stream()
                .map(institution -> new InstitutionRow(
                        wording.entered(institution.name()),
                        wording.entered(institution.docNo()),
                        wording.day(institution.issuedOn())))
                .toList();
        return orBlank(rows, new InstitutionRow("", "", ""));
    }

    /** A table keeps one row for the pen. */
    static <T> List<T> orBlank(List<T> rows, T blank) {
        return rows.isEmpty() ? List.of(blank) : rows;
    }

    ItemFacts facts(Item item) {
        Registration facts = item.registration();
        Optional<Responsibility> who = Optional.ofNullable(item.responsibility());
        Optional<Plan> plan = Optional.ofNullable(item.plan());
        return new ItemFacts(
                item.itemNo(),
                wording.entered(facts.title()),
                wording.entered(facts.factText()),
                wording.entered(facts.location()),
                wording.entered(PersonalData.masked(facts.sourceType(), facts.subject())),
                wording.amount(facts.amount()),
                wording.label(facts.sourceType()),
                wording.entered(facts.sourceDocNo()),
                wording.day(facts.foundDate()),
                wording.entered(facts.foundBy()),
                wording.label("Category", facts.category()),
                wording.label("Level", facts.level()),
                wording.label(facts.urgency()),
                wording.day(item.registeredAt()),
                wording.unit(facts.leadUnit()),
                wording.units(facts.coUnits()),
                who.map(Responsibility::principal).orElse(""),
                who.map(Responsibility::divisionLeader).orElse(""),
                who.map(Responsibility::handler).map(wording::person).orElse(""),
                who.map(Responsibility::claimedAt).map(wording::day).orElse(""),
                plan.map(Plan::rootCause).orElse(""),
                plan.map(Plan::rectType).map(wording::label).orElse(""),
                plan.map(Plan::target).orElse(""),
                wording.day(item.originalDue()),
                wording.day(item.currentDue()),
                wording.entered(item.dueBasis()),
                wording.number(item.round()),
                wording.label(item.status()),
                wording.label(item.step()),
                wording.entered(item.outcome().result()),
                wording.entered(item.outcome().extension()),
                wording.day(item.outcome().selfDoneAt()));
    }
}
