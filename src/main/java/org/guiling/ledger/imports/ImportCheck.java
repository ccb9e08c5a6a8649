package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.engine.form.DuplicateFacts;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.item.Registration;
import org.guiling.item.duplicate.Duplicate;
import org.guiling.item.duplicate.DuplicateRows;
import org.guiling.ledger.imports.ImportFile.Ignored;
import org.guiling.ledger.imports.ImportFile.MappedRow;
import org.guiling.ledger.imports.ImportFile.PlainRow;
import org.guiling.ledger.imports.ImportNotice.EarlierRow;
import org.guiling.ledger.imports.ImportNotice.Kind;
import org.guiling.ledger.imports.ItemDifferences.Comparison;
import org.guiling.ledger.imports.KnownItems.Match;
import org.guiling.ledger.imports.KnownItems.Wanted;
import org.guiling.ledger.value.Amounts;
import org.guiling.ledger.value.Fingerprint;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitNames;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;

/** The first pass over a file: what every row is worth. Stores nothing. */
final class ImportCheck {

    private static final int ROWS_AT_ONCE = 500;
    /** Of a row; the review shows all. */
    private static final int DUPLICATES_TOLD = 3;

    private final ItemProcesses itemProcesses;
    private final KnownItems known;
    private final ItemDifferences differences;
    private final UnitNames units;
    private final Function<Registration, List<Duplicate>> search;
    private final DuplicateRows earlierRows;
    private final DuplicateFacts words;
    private final ImportChoices choices;
    private final boolean dryRun;
    private final Texts texts;
    private final Map<String, Object> context;

    private final BitSet toBeCreated = new BitSet();
    /** The changes of known items by later rows, by the row's ordinal. */
    private final Map<Integer, Change> changes = new TreeMap<>();
    /** By fingerprint the row of this file that has it. */
    private final Map<String, EarlierRow> seen = new HashMap<>();
    /** By ordinal the rows that others may be like. */
    private final Map<Integer, EarlierRow> places = new HashMap<>();

    private final List<Checked> waiting = new ArrayList<>();
    private final List<ImportProblem> problems = new ArrayList<>();
    private final List<Told> notices = new ArrayList<>();
    private final List<ImportDifference> different = new ArrayList<>();
    private final Map<String, Integer> unknownUnits = new LinkedHashMap<>();
    private final KeptFacts kept = new KeptFacts();
    private int rows;
    private int duplicates;
    private int closed;
    private int similar;
    private int leftOut;
    private int rejected;

    ImportCheck(
            ItemProcesses itemProcesses,
            KnownItems known,
            ItemDifferences differences,
            UnitNames units,
            Function<Registration, List<Duplicate>> search,
            DuplicateRows earlierRows,
            DuplicateFacts words,
            ImportRequest request,
            Texts texts) {
        this.itemProcesses = itemProcesses;
        this.known = known;
        this.differences = differences;
        this.units = units;
        this.search = search;
        this.earlierRows = earlierRows;
        this.words = words;
        this.choices = request.choices();
        this.dryRun = request.dryRun();
        this.texts = texts;
        this.context = itemProcesses.registrationContext();
    }

    /** The changed facts of an item: all of them, as they are then. */
    record Change(String itemNo, Registration facts) {}

    private record Checked(MappedRow row, Registration facts) {

        Wanted wanted() {
            String problem = row.reading().problemText();
            return new Wanted(facts, row.reading().itemNo(), problem == null ? facts.factText() : problem);
        }
    }

    /** A notice with its place in the file. */
    private record Told(int order, ImportNotice notice) {}

    void add(PlainRow row) {
        notices.add(new Told(
                2 * rows,
                new ImportNotice(
                        row.sheet(),
                        row.number(),
                        row.kind() == RowKind.HIDDEN ? Kind.HIDDEN : Kind.NO_PROBLEM,
                        null,
                        texts.get(row.kind().code(), row.text()),
                        null,
                        null)));
    }

    void add(MappedRow row) {
        rows++;
        if (row.hidden()) {
            tell(row, Kind.HIDDEN, null, null, "import.notice.hidden");
        }
        String itemNo = row.reading().itemNo();
        boolean isKnown = itemNo != null && known.isKnown(itemNo);
        if (row.reading().isClosed() && !isKnown) {
            closed++;
            tell(row, Kind.CLOSED, null, null, "import.notice.closed");
            return;
        }
        List<Problem> found = new ArrayList<>(row.problems());
        Optional<Registration> facts = read(row, found);
        if (!found.isEmpty() && isKnown) {
            duplicates++;
            tell(row, Kind.KNOWN, null, itemNo, "import.known.number", itemNo);
            found.forEach(problem -> tell(
                    row,
                    Kind.KNOWN,
                    problem.field(),
                    itemNo,
                    problem.code(),
                    problem.arguments().toArray()));
            return;
        }
        row.reading().unknownUnits().forEach(name -> unknownUnits.merge(name, 1, Integer::sum));
        if (!found.isEmpty()) {
            rejected++;
            found.forEach(problem -> problems.add(new ImportProblem(
                    row.sheet(), row.number(), problem.field(), texts.get(problem.code(), problem.arguments()))));
            return;
        }
        if (itemNo != null && !isKnown) {
            tell(row, Kind.SIMILAR, null, null, "import.notice.number-unknown", itemNo);
        }
        row.reading()
                .notices()
                .forEach(notice -> tell(
                        row,
                        Kind.UNDERSTOOD,
                        notice.field(),
                        null,
                        notice.code(),
                        notice.arguments().toArray()));
        waiting.add(new Checked(row, facts.orElseThrow()));
        if (waiting.size() == ROWS_AT_ONCE) {
            identify();
        }
    }

    boolean isToBeCreated(MappedRow row) {
        return toBeCreated.get(row.ordinal());
    }

    /** The facts of all rows that are to be created, in the order of the file; empty where they were too long to be kept. */
    Optional<List<Registration>> kept() {
        return kept.all();
    }

    /** The changes of known items. */
    List<Change> changes() {
        return List.copyOf(changes.values());
    }

    /** The facts of a row that passed before. */
    Registration facts(MappedRow row) {
        Registration facts = itemProcesses.read(row.fields(), context);
        return facts.amount() == null
                ? facts.withAmount(Amounts.of(row.fields()).orElse(null))
                : facts;
    }

    /** @param takeOver whether open differences go into their items */
    ImportReport report(String profile, List<Ignored> ignored, boolean takeOver) {
        identify();
        if (!takeOver) {
            changes.clear();
        }
        return new ImportReport(
                profile,
                rows,
                toBeCreated.cardinality(),
                duplicates,
                changes.size(),
                closed,
                similar,
                leftOut,
                rejected,
                List.copyOf(problems),
                notices.stream()
                        .sorted(Comparator.comparingInt(Told::order))
                        .map(Told::notice)
                        .toList(),
                List.copyOf(different),
                unknownUnits.entrySet().stream().map(this::unknownUnit).toList(),
                ignored.stream()
                        .filter(Ignored::isColumn)
                        .map(Ignored::what)
                        .distinct()
                        .toList(),
                ignored.stream()
                        .map(part -> texts.get(part.code(), part.what()))
                        .distinct()
                        .toList(),
                null);
    }

    private UnknownUnit unknownUnit(Map.Entry<String, Integer> name) {
        return new UnknownUnit(
                name.getKey(),
                name.getValue(),
                units.suggestions(name.getKey()).stream()
                        .map(unit -> new UnknownUnit.Suggestion(unit.code(), unit.name()))
                        .toList());
    }

    /** Reads a row as the start form would; reports no field twice whose cell was already found wanting. */
    private Optional<Registration> read(MappedRow row, List<Problem> found) {
        try {
            Registration facts = facts(row);
            if (facts.amount() == null && row.fields().get(RegistrationField.AMOUNT.key()) != null) {
                found.add(Problem.of(
                        RegistrationField.AMOUNT.key(),
                        "import.amount",
                        row.fields().get(RegistrationField.AMOUNT.key())));
            }
            return Optional.of(facts);
        } catch (RefusedException refused) {
            Set<String> wanting = found.stream().map(Problem::field).collect(Collectors.toSet());
            refused.problems().stream()
                    .filter(problem -> !wanting.contains(problem.field()))
                    .forEach(found::add);
            return Optional.empty();
        }
    }

    private void identify() {
        known.prepare(waiting.stream().map(Checked::wanted).toList());
        waiting.forEach(this::identify);
        waiting.clear();
    }

    private void identify(Checked checked) {
        MappedRow row = checked.row();
        EarlierRow place = new EarlierRow(row.sheet(), row.number());
        EarlierRow equal = seen.putIfAbsent(Fingerprint.of(checked.facts()), place);
        if (equal != null) {
            duplicates++;
            tellOfRow(row, Kind.KNOWN, equal, "import.known.file", words(equal));
            return;
        }
        Optional<Match> match = known.find(checked.wanted());
        if (match.isPresent() && match.get().same()) {
            duplicates++;
            compare(checked, match.get());
            return;
        }
        match.ifPresent(like -> tell(row, Kind.SIMILAR, null, like.itemNo(), like.why(), like.itemNo()));
        List<Duplicate> items = match.isPresent() ? List.of() : search.apply(checked.facts());
        Optional<DuplicateRows.Match> earlier = earlierRows.like(checked.facts());
        items.stream()
                .limit(DUPLICATES_TOLD)
                .forEach(like -> tell(
                        row,
                        Kind.SIMILAR,
                        null,
                        like.itemNo(),
                        choices.leaveSimilar() ? "import.similar.text.left" : "import.similar.text",
                        like.itemNo(),
                        like.percent(),
                        words.differences(like.differences())));
        earlier.ifPresent(like -> tellOfRow(
                row,
                Kind.SIMILAR,
                places.get(like.row()),
                choices.leaveSimilar() ? "import.similar.row.left" : "import.similar.row",
                words(places.get(like.row())),
                like.percent(),
                words.differences(like.differences())));
        boolean isSimilar = !items.isEmpty() || earlier.isPresent();
        similar += isSimilar ? 1 : 0;
        if (isSimilar && choices.leaveSimilar()) {
            leftOut++;
            return;
        }
        earlierRows.add(row.ordinal(), checked.facts());
        places.put(row.ordinal(), place);
        toBeCreated.set(row.ordinal());
        if (!dryRun) {
            kept.add(checked.facts());
        }
    }

    private String words(EarlierRow place) {
        return place.sheet() == null
                ? texts.get("import.place", place.row())
                : texts.get("import.place.sheet", place.sheet(), place.row());
    }

    private void compare(Checked checked, Match match) {
        MappedRow row = checked.row();
        Comparison comparison = differences.compare(
                match.itemNo(), checked.facts(), row.reading().told());
        if (comparison.differences().isEmpty()) {
            tell(row, Kind.KNOWN, null, match.itemNo(), match.why(), match.itemNo());
            return;
        }
        comparison
                .differences()
                .forEach(difference -> different.add(new ImportDifference(
                        row.sheet(),
                        row.number(),
                        match.itemNo(),
                        difference.field().key(),
                        difference.before(),
                        difference.after(),
                        comparison.open())));
        tell(
                row,
                Kind.DIFFERENT,
                null,
                match.itemNo(),
                comparison.open() ? "import.different.open" : "import.different.decided",
                match.itemNo(),
                comparison.differences().size());
        if (comparison.open()) {
            changes.put(row.ordinal(), new Change(match.itemNo(), comparison.merged()));
        }
    }

    private void tell(MappedRow row, Kind kind, String field, String itemNo, String code, Object... arguments) {
        tell(
                row,
                new ImportNotice(
                        row.sheet(),
                        row.number(),
                        kind,
                        field,
                        texts.get(code, Arrays.asList(arguments)),
                        itemNo,
                        null));
    }

    private void tellOfRow(MappedRow row, Kind kind, EarlierRow like, String code, Object... arguments) {
        tell(
                row,
                new ImportNotice(
                        row.sheet(), row.number(), kind, null, texts.get(code, Arrays.asList(arguments)), null, like));
    }

    private void tell(MappedRow row, ImportNotice notice) {
        notices.add(new Told(2 * row.ordinal() + 1, notice));
    }
}
