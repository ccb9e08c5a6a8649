package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.customization.CodeLists;
import org.guiling.customization.OfficeFile.Origin;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.OfficeFiles;
import org.guiling.customization.ReplaceableFiles;
import org.guiling.ledger.imports.ImportProfile.Field;
import org.guiling.ledger.imports.ImportProfileFiles.Lines;
import org.guiling.ledger.imports.ImportProfileFiles.Profile;
import org.guiling.ledger.value.Amounts;
import org.guiling.ledger.value.CodeLabels;
import org.guiling.ledger.value.DateWords;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitNames;
import org.guiling.organization.Organization;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;

/** The import profiles for administrators: what they read, and the way to change them. */
@Service
public class ImportProfileFiles extends ReplaceableFiles<String, Profile, Lines> {

    private static final int LARGEST_BYTES = 256 * 1024;

    private final ImportProfiles profiles;
    private final CodeLists codeLists;
    private final Organization organization;

    ImportProfileFiles(
            ImportProfiles profiles, CodeLists codeLists, Organization organization, OfficeFiles officeFiles) {
        super(OfficeFileKind.IMPORT_PROFILE, officeFiles);
        this.profiles = profiles;
        this.codeLists = codeLists;
        this.organization = organization;
    }

    /**
     * A profile in force, or one of the office's that is no more: its mapping is empty then.
     *
     * @param shipped whether the product brings one of this id
     */
    public record Profile(String name, boolean shipped, List<Line> mapping) {

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
     * @param before lines that are no more as they were
     * @param after lines that are another or new
     */
    public record Lines(boolean fresh, List<Line> before, List<Line> after) {}

    /** Those in force, and those of the office that were taken out of force. */
    @Override
    protected Set<String> names() {
        Set<String> ids = new TreeSet<>(profiles.ids());
        ids.addAll(officeFiles.names(kind()));
        return ids;
    }

    /** Any may be an office's. */
    @Override
    public String known(String id) {
        return id;
    }

    @Override
    protected RefusedException unknown(String id) {
        return RefusedException.notFound("import.profile-unknown", id);
    }

    @Override
    protected Profile content(String id, Origin origin) {
        boolean shipped = profiles.shipped(id).isPresent();
        if (!shipped && officeFiles.newest(kind(), id) == 0) {
            throw unknown(id);
        }
        return new Profile(profiles.name(id), shipped, inForceMapping(id));
    }

    @Override
    protected Optional<byte[]> inForce(String id) {
        return profiles.content(id);
    }

    /** The file's own id says which profile it is. */
    @Override
    protected Difference<Lines> difference(String anyId, byte[] content) {
        if (content.length > LARGEST_BYTES) {
            throw RefusedException.invalid("file", "import.profile.large", LARGEST_BYTES / 1024);
        }
        ImportProfile profile = ImportProfiles.read(content);
        requirePossible(profile);
        requireOther(profile.id(), content);
        List<Line> before = inForceMapping(profile.id());
        List<Line> after = mapping(profile);
        List<Line> gone = without(before, after);
        List<Line> come = without(after, before);
        List<String> changes = Stream.concat(
                        gone.stream().map(line -> "- " + text(line)),
                        come.stream().map(line -> "+ " + text(line)))
                .toList();
        return difference(profile.id(), false, changes, new Lines(before.isEmpty(), gone, come));
    }

    private List<Line> inForceMapping(String id) {
        return profiles.find(id).map(ImportProfileFiles::mapping).orElse(List.of());
    }

    private static List<Line> without(List<Line> some, List<Line> others) {
        return some.stream().filter(line -> !others.contains(line)).toList();
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
