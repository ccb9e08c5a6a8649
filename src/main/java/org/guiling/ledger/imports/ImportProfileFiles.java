package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.guiling.ledger.imports.ImportProfile.Field;
import org.guiling.ledger.value.Amounts;
import org.guiling.ledger.value.CodeLabels;
import org.guiling.ledger.value.DateWords;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitNames;
import org.guiling.organization.Organization;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.rules.CodeLists;
import org.guiling.rules.OfficeFileKind;
import org.guiling.rules.OfficeFiles;
import org.guiling.rules.OfficeVersion;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The import profiles for administrators: what they read, and the way to change them. */
@Service
public class ImportProfileFiles {

    private static final OfficeFileKind KIND = OfficeFileKind.IMPORT_PROFILE;
    private static final int LARGEST_BYTES = 256 * 1024;

    private final ImportProfiles profiles;
    private final CodeLists codeLists;
    private final Organization organization;
    private final OfficeFiles officeFiles;

    ImportProfileFiles(
            ImportProfiles profiles, CodeLists codeLists, Organization organization, OfficeFiles officeFiles) {
        this.profiles = profiles;
        this.codeLists = codeLists;
        this.organization = organization;
        this.officeFiles = officeFiles;
    }

    /** The sources of a profile in force. */
    public enum Origin {
        SHIPPED,
        /** An administrator's, in place of a shipped one or beside them. */
        OFFICE
    }

    /**
     * A profile in force, or one of the office's that is no more: its mapping is empty then.
     *
     * @param shipped whether the product brings one of this id
     * @param history the office's versions, the newest first
     */
    public record Current(
            String id, String name, Origin origin, boolean shipped, List<OfficeVersion> history, List<Line> mapping) {

        /** The newest version, which a change has to name: one that was decided on another is refused. */
        public int expectedVersion() {
            return OfficeVersion.newest(history);
        }

        public boolean isInForce() {
            return !mapping.isEmpty();
        }
    }

    /**
     * The way in which a field of the registration is filled.
     *
     * @param field its key
     * @param columns the headers that lead to it; columns that are joined stand one after the other
     * @param constant the value where the file says nothing; empty for none
     * @param words words that stand for a code beside its labels, with the code
     */
    public record Line(String field, List<List<String>> columns, String constant, Map<String, String> words) {}

    /**
     * The changes that a file would make.
     *
     * @param fresh whether there is no profile of its id yet
     * @param expectedVersion the office's newest version when it was compared
     * @param before lines that are no more as they were
     * @param after lines that are another or new
     */
    public record Difference(String id, boolean fresh, int expectedVersion, List<Line> before, List<Line> after) {}

    /** Those in force, and those of the office that were taken out of force, by id. */
    @Transactional(readOnly = true)
    public List<Current> all() {
        Set<String> ids = new TreeSet<>(profiles.ids());
        ids.addAll(officeFiles.names(KIND));
        return ids.stream().map(this::current).toList();
    }

    /** @throws RefusedException when there has never been one of that id, or the current person is no administrator */
    @Transactional(readOnly = true)
    public Current current(String id) {
        officeFiles.requireAdministrator();
        List<OfficeVersion> history = officeFiles.versions(KIND, id);
        boolean shipped = profiles.shipped(id).isPresent();
        if (history.isEmpty() && !shipped) {
            throw RefusedException.notFound("import.profile-unknown", id);
        }
        boolean own = !history.isEmpty() && history.get(0).own();
        return new Current(
                id,
                profiles.name(id),
                own ? Origin.OFFICE : Origin.SHIPPED,
                shipped,
                history,
                profiles.find(id).map(ImportProfileFiles::mapping).orElse(List.of()));
    }

    /** The file in force. */
    @Transactional(readOnly = true)
    public byte[] file(String id) {
        officeFiles.requireAdministrator();
        return profiles.content(id).orElseThrow(() -> RefusedException.notFound("import.profile-unknown", id));
    }

    /**
     * The file of one of the office's versions.
     *
     * @throws RefusedException also when there is none
     */
    @Transactional(readOnly = true)
    public byte[] file(String id, int version) {
        return officeFiles.file(KIND, id, version);
    }

    /**
     * Says what a file would change; stores nothing. Its id says which profile it is.
     *
     * @throws RefusedException when it is no profile, with what is wrong; or nothing would change
     */
    @Transactional(readOnly = true)
    public Difference check(byte[] content) {
        officeFiles.requireAdministrator();
        if (content.length > LARGEST_BYTES) {
            throw RefusedException.invalid("file", "import.profile.large", LARGEST_BYTES / 1024);
        }
        ImportProfile profile = ImportProfiles.read(content);
        requirePossible(profile);
        if (profiles.content(profile.id())
                .filter(inForce -> Arrays.equals(inForce, content))
                .isPresent()) {
            throw RefusedException.conflict("rules.same");
        }
        List<Line> before =
                profiles.find(profile.id()).map(ImportProfileFiles::mapping).orElse(List.of());
        List<Line> after = mapping(profile);
        return new Difference(
                profile.id(),
                profiles.find(profile.id()).isEmpty(),
                officeFiles.newest(KIND, profile.id()),
                before.stream().filter(line -> !after.contains(line)).toList(),
                after.stream().filter(line -> !before.contains(line)).toList());
    }

    /**
     * Puts a profile in force for every later import.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException as {@link #check}, or when somebody else was faster
     */
    @Transactional
    public Difference replace(byte[] content, int expectedVersion) {
        Difference difference = check(content);
        List<String> changes = new ArrayList<>();
        difference.before().forEach(line -> changes.add("- " + text(line)));
        difference.after().forEach(line -> changes.add("+ " + text(line)));
        officeFiles.put(KIND, difference.id(), content, expectedVersion, changes);
        return difference;
    }

    /**
     * Has the shipped profile count again, or takes one out of force that is not shipped.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException when the office has none in force, or somebody else was faster
     */
    @Transactional
    public void restore(String id, int expectedVersion) {
        officeFiles.requireAdministrator();
        if (officeFiles.content(KIND, id).isEmpty()) {
            throw RefusedException.conflict("rules.same");
        }
        officeFiles.put(KIND, id, null, expectedVersion, List.of());
    }

    /** Refuses values with which no row could ever be read, all of them at once rather than later in every row. */
    private void requirePossible(ImportProfile profile) {
        CodeLabels labels = new CodeLabels(codeLists);
        UnitNames units = new UnitNames(organization.units());
        List<Problem> problems = new ArrayList<>();
        profile.constants().forEach((key, value) -> {
            if (!isPossible(RegistrationField.of(key).orElseThrow(), value, profile, labels, units)) {
                problems.add(Problem.of("file", "import.profile.constant", key, value));
            }
        });
        profile.values()
                .forEach((key, words) -> words.forEach((word, meaning) -> {
                    if (!isMeaning(RegistrationField.of(key).orElseThrow(), meaning, labels, units)) {
                        problems.add(Problem.of("file", meaningless(key), key, String.valueOf(meaning)));
                    }
                }));
        profile.dates().stream()
                .filter(pattern -> !ImportProfile.canMatch(pattern))
                .forEach(pattern -> problems.add(Problem.of("file", "import.profile.date-never", pattern)));
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
    }

    private static String meaningless(String key) {
        boolean code = RegistrationField.of(key).orElseThrow().kind() == RegistrationField.Kind.CODE;
        return code ? "import.profile.code" : "import.profile.meaning";
    }

    private static boolean isPossible(
            RegistrationField field, String value, ImportProfile profile, CodeLabels labels, UnitNames units) {
        return switch (field.kind()) {
            case TEXT -> !value.isBlank();
            case NUMBER -> Amounts.read(value).isPresent();
            case DATE -> profile.day(value).isPresent();
            case CODE ->
                profile.value(field, value).or(() -> labels.code(field, value)).isPresent();
            case UNIT -> units.code(value).isPresent();
            case UNITS ->
                units.names(value).stream().allMatch(name -> units.code(name).isPresent());
        };
    }

    private static boolean isMeaning(RegistrationField field, String meaning, CodeLabels labels, UnitNames units) {
        return meaning != null
                && switch (field.kind()) {
                    case CODE -> labels.code(field, meaning).equals(Optional.of(meaning));
                    case UNIT, UNITS -> units.code(meaning).equals(Optional.of(meaning));
                    case DATE -> DateWords.isMeaning(meaning);
                    case TEXT, NUMBER -> false;
                };
    }

    private static List<Line> mapping(ImportProfile profile) {
        Set<String> keys = new LinkedHashSet<>(profile.fields().keySet());
        keys.addAll(new TreeSet<>(profile.constants().keySet()));
        keys.addAll(new TreeSet<>(profile.values().keySet()));
        return keys.stream()
                .map(key -> new Line(
                        key,
                        columns(profile.fields().get(key)),
                        profile.constants().getOrDefault(key, ""),
                        new TreeMap<>(profile.values().getOrDefault(key, Map.of()))))
                .toList();
    }

    /** A line as the audit trail keeps it. */
    private static String text(Line line) {
        String columns = line.columns().stream()
                .map(headers -> String.join("、", headers))
                .collect(Collectors.joining(" + "));
        return line.field() + ": " + columns + (line.constant().isEmpty() ? "" : " = " + line.constant())
                + (line.words().isEmpty() ? "" : " " + line.words());
    }

    private static List<List<String>> columns(Field field) {
        return field == null
                ? List.of()
                : field.columns().stream().map(ImportProfile.Column::headers).toList();
    }
}
