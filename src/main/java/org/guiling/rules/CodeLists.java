package org.guiling.rules;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.item.rule.CategoryRule;
import org.guiling.organization.Unit;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.ChangedTexts;
import org.guiling.text.ShippedTexts;
import org.guiling.text.Texts;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The lists of codes (代码表) as the office has them: which codes may be chosen, in which order, and what they are called.
 * The lists in force are kept in memory, because every label that is shown is asked for; changes made by another node
 * are noticed within a minute.
 */
@Service
public class CodeLists implements ChangedTexts, CategoryRule {

    private static final OfficeFileKind KIND = OfficeFileKind.CODE_LIST;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final TypeReference<List<Code>> CODES = new TypeReference<>() {};
    private static final Pattern BRACES = Pattern.compile("[{}]+");

    private final OfficeFiles officeFiles;
    private final Texts texts;

    private final Map<CodeList, List<Code>> shipped;
    private final Map<CodeList, Office> offices = new EnumMap<>(CodeList.class);
    private volatile InForce inForce;

    public CodeLists(OfficeFiles officeFiles, ShippedTexts shippedTexts, Texts texts) {
        this.officeFiles = officeFiles;
        this.texts = texts;
        this.shipped = Stream.of(CodeList.values())
                .collect(Collectors.toMap(Function.identity(), list -> shipped(list, shippedTexts)));
        this.inForce = counting();
    }

    private static List<Code> shipped(CodeList list, ShippedTexts texts) {
        return list.shippedCodes().stream()
                .map(code -> new Code(
                        code,
                        label(texts, list, code, Locale.SIMPLIFIED_CHINESE),
                        label(texts, list, code, Locale.ENGLISH),
                        true,
                        Set.of()))
                .toList();
    }

    private static String label(ShippedTexts texts, CodeList list, String code, Locale language) {
        String pattern = texts.pattern(list.kind() + "." + code, language).orElseThrow();
        return new MessageFormat(pattern).format(null);
    }

    /**
     * An office's version of a list.
     *
     * @param version its newest version
     * @param codes of that version; null where what is shipped counts again
     * @param earlier of all its versions before
     */
    private record Office(int version, List<Code> codes, List<Code> earlier) {}

    /**
     * The lists in force.
     *
     * @param chinese patterns of labels that are another than shipped, by key; {@code english} alike
     * @param earlier codes as they were called before, the shipped labels among them
     */
    private record InForce(
            Map<CodeList, List<Code>> codes,
            Map<String, String> chinese,
            Map<String, String> english,
            Map<CodeList, List<Code>> earlier) {}

    /**
     * A list for an administrator.
     *
     * @param history the office's versions, the newest first
     */
    public record Current(CodeList list, Origin origin, List<Code> codes, List<OfficeVersion> history) {

        /** The newest version, which a change has to name: one that was decided on another is refused. */
        public int expectedVersion() {
            return OfficeVersion.newest(history);
        }
    }

    /** Origin of a list in force. */
    public enum Origin {
        SHIPPED,
        OFFICE
    }

    /** The codes that may be chosen now, in order. */
    public List<Code> offered(CodeList list) {
        return known(list).stream().filter(Code::offered).toList();
    }

    /** Every code that the record may have, those that are no longer offered among them, in order. */
    public List<Code> known(CodeList list) {
        return inForce.codes().get(list);
    }

    /** Former labels of the codes, the product's and the office's: old files still use them. */
    public List<Code> earlier(CodeList list) {
        return inForce.earlier().get(list);
    }

    @Override
    public Optional<String> pattern(String key, Locale language) {
        InForce now = inForce;
        return Optional.ofNullable((ShippedTexts.isEnglish(language) ? now.english() : now.chinese()).get(key));
    }

    @Override
    public Optional<Problem> problem(String category, Unit leadUnit) {
        return known(CodeList.CATEGORY).stream()
                .filter(code -> code.code().equals(category) && !code.fits(leadUnit.tier()))
                .findFirst()
                .map(code -> Problem.of(
                        "category",
                        "refusal.category.tier",
                        texts.label(CodeList.CATEGORY.kind(), category),
                        leadUnit.name(),
                        leadUnit.tier(),
                        CodeChange.tiers(code.tiers(), texts)));
    }

    /** @throws RefusedException when the current person is no administrator */
    @Transactional(readOnly = true)
    public Current current(CodeList list) {
        officeFiles.requireAdministrator();
        Office office = read(list);
        boolean own = office.codes() != null;
        return new Current(
                list,
                own ? Origin.OFFICE : Origin.SHIPPED,
                known(list, office),
                officeFiles.versions(KIND, list.key()));
    }

    /**
     * The file of one of the office's versions.
     *
     * @throws RefusedException when there is none, or the current person is no administrator
     */
    @Transactional(readOnly = true)
    public byte[] file(CodeList list, int version) {
        return officeFiles.file(KIND, list.key(), version);
    }

    /**
     * Puts a list in force.
     *
     * @param entered every code that is known, in the order that counts from now on, and further ones
     * @param expectedVersion the office's newest version when the person decided
     * @return what becomes different
     * @throws RefusedException when the person is no administrator, somebody else was faster, nothing would change, or a
     *     code is wrong: the field is {@code code-0}, {@code chinese-0}, {@code english-0} by its place in the list
     */
    @Transactional
    public List<CodeChange> change(CodeList list, List<Code> entered, int expectedVersion) {
        Current current = requireUnchanged(list, expectedVersion);
        List<Code> codes = entered.stream().map(CodeLists::stripped).toList();
        List<Problem> problems = CodeCheck.problems(list, current.codes(), codes);
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
        return put(current, codes, CodeChange.between(current.codes(), codes));
    }

    /**
     * Has the shipped list count again; codes that the office added are no longer offered.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException when the person is no administrator, the shipped list counts already, or somebody else was
     *     faster
     */
    @Transactional
    public List<CodeChange> restore(CodeList list, int expectedVersion) {
        Current current = requireUnchanged(list, expectedVersion);
        if (current.origin() == Origin.SHIPPED) {
            throw RefusedException.conflict("rules.same");
        }
        Office restored = new Office(expectedVersion + 1, null, with(read(list).earlier(), current.codes()));
        return put(current, null, CodeChange.between(current.codes(), known(list, restored)));
    }

    private Current requireUnchanged(CodeList list, int expectedVersion) {
        Current current = current(list);
        if (!list.isChangeable()) {
            throw RefusedException.conflict("rules.codes.problem.fixed");
        }
        if (current.expectedVersion() != expectedVersion) {
            throw RefusedException.conflict("rules.race");
        }
        return current;
    }

    private static Code stripped(Code code) {
        return new Code(
                code.code().strip(), code.chinese().strip(), code.english().strip(), code.offered(), code.tiers());
    }

    /** @param codes null to have what is shipped count again */
    private List<CodeChange> put(Current current, List<Code> codes, List<CodeChange> changes) {
        if (codes != null && changes.isEmpty()) {
            throw RefusedException.conflict("rules.same");
        }
        CodeList list = current.list();
        Texts chinese = texts.in(Locale.SIMPLIFIED_CHINESE);
        officeFiles.put(
                KIND,
                list.key(),
                codes == null ? null : yaml(codes),
                current.expectedVersion(),
                changes.stream().map(change -> change.text(chinese)).toList());
        Office office = read(list);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keep(list, office);
            }
        });
        return changes;
    }

    /** Reloads the lists, so that changes made by other nodes are noticed. */
    @PostConstruct
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void refresh() {
        for (String key : officeFiles.names(KIND)) {
            CodeList.of(key).filter(this::isOutdated).ifPresent(list -> keep(list, read(list)));
        }
    }

    private synchronized boolean isOutdated(CodeList list) {
        Office kept = offices.get(list);
        return kept == null || kept.version() != officeFiles.newest(KIND, list.key());
    }

    /** The newer of two counts, whichever comes later. */
    private synchronized void keep(CodeList list, Office office) {
        Office kept = offices.get(list);
        if (kept == null || kept.version() < office.version()) {
            offices.put(list, office);
            inForce = counting();
        }
    }

    private InForce counting() {
        Map<CodeList, List<Code>> codes = new EnumMap<>(shipped);
        Map<CodeList, List<Code>> earlier = new EnumMap<>(shipped);
        Map<String, String> chinese = new HashMap<>();
        Map<String, String> english = new HashMap<>();
        offices.forEach((list, office) -> {
            codes.put(list, known(list, office));
            earlier.put(list, with(shipped.get(list), office.earlier()));
            putChanged(chinese, list, codes.get(list), Code::chinese);
            putChanged(english, list, codes.get(list), Code::english);
        });
        return new InForce(codes, chinese, english, earlier);
    }

    private void putChanged(
            Map<String, String> patterns, CodeList list, List<Code> codes, Function<Code, String> label) {
        Map<String, String> asShipped = shipped.get(list).stream().collect(Collectors.toMap(Code::code, label));
        codes.stream()
                .filter(code -> !label.apply(code).equals(asShipped.get(code.code())))
                .forEach(code -> patterns.put(list.kind() + "." + code.code(), pattern(label.apply(code))));
    }

    /** Quotation marks and braces mean something in a pattern, but nothing in a label. */
    private static String pattern(String label) {
        return BRACES.matcher(label.replace("'", "''")).replaceAll("'$0'");
    }

    /**
     * The office's codes; those that a newer product brings follow, and those that the record may have because they
     * were once in the list.
     */
    private List<Code> known(CodeList list, Office office) {
        Map<String, Code> known = new LinkedHashMap<>();
        if (office.codes() != null) {
            office.codes().forEach(code -> known.put(code.code(), code));
        }
        shipped.get(list).forEach(code -> known.putIfAbsent(code.code(), code));
        for (int i = office.earlier().size() - 1; i >= 0; i--) {
            Code code = office.earlier().get(i);
            known.putIfAbsent(code.code(), new Code(code.code(), code.chinese(), code.english(), false, code.tiers()));
        }
        if (!list.may(CodeList.Change.ADD)) {
            known.keySet().retainAll(list.shippedCodes());
        }
        return List.copyOf(known.values());
    }

    private Office read(CodeList list) {
        List<Code> earlier = new ArrayList<>();
        List<Code> codes = null;
        int newest = officeFiles.newest(KIND, list.key());
        for (int version = 1; version <= newest; version++) {
            if (codes != null) {
                earlier.addAll(codes);
            }
            codes = officeFiles
                    .content(KIND, list.key(), version)
                    .map(CodeLists::codes)
                    .orElse(null);
        }
        return new Office(newest, codes, List.copyOf(earlier));
    }

    private static List<Code> with(List<Code> some, List<Code> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<Code> codes(byte[] yaml) {
        try {
            return YAML.readValue(yaml, CODES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] yaml(List<Code> codes) {
        try {
            return YAML.writeValueAsBytes(codes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
