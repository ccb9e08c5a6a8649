package org.guiling.customization;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.ArrayList;
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
import org.guiling.customization.OfficeFile.Origin;
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
    private final Map<CodeList, InMemory<InForce>> lists;

    public CodeLists(OfficeFiles officeFiles, ShippedTexts shippedTexts, Texts texts) {
        this.officeFiles = officeFiles;
        this.texts = texts;
        this.shipped = Stream.of(CodeList.values())
                .collect(Collectors.toMap(Function.identity(), list -> shipped(list, shippedTexts)));
        this.lists = Stream.of(CodeList.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        list -> new InMemory<>(inForce(list, null, List.of()), newest -> read(list, newest))));
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
     * A list in force.
     *
     * @param earlier codes as they were called before, the shipped labels among them
     * @param chinese patterns of labels that are another than shipped, by key; {@code english} alike
     */
    private record InForce(
            List<Code> codes, List<Code> earlier, Map<String, String> chinese, Map<String, String> english) {}

    /** A list for an administrator. */
    public record Codes(CodeList list, List<Code> codes) {}

    /** The codes that may be chosen now, in order. */
    public List<Code> offered(CodeList list) {
        return known(list).stream().filter(Code::offered).toList();
    }

    /** Every code that the record may have, those that are no longer offered among them, in order. */
    public List<Code> known(CodeList list) {
        return lists.get(list).get().codes();
    }

    /** Former labels of the codes, the product's and the office's: old files still use them. */
    public List<Code> earlier(CodeList list) {
        return lists.get(list).get().earlier();
    }

    @Override
    public Optional<String> pattern(String key, Locale language) {
        return CodeList.ofKind(key.substring(0, Math.max(0, key.indexOf('.'))))
                .map(list -> lists.get(list).get())
                .map(ShippedTexts.isEnglish(language) ? InForce::english : InForce::chinese)
                .map(labels -> labels.get(key));
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
    public OfficeFile<Codes> current(CodeList list) {
        officeFiles.requireAdministrator();
        List<OfficeVersion> history = officeFiles.versions(KIND, list.key());
        return new OfficeFile<>(
                list.key(),
                OfficeVersion.isOwn(history) ? Origin.OFFICE : Origin.SHIPPED,
                history,
                new Codes(list, read(list, OfficeVersion.newest(history)).codes()));
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
        List<Code> before = requireUnchanged(list, expectedVersion).content().codes();
        List<Code> codes = entered.stream().map(CodeLists::stripped).toList();
        List<Problem> problems = CodeCheck.problems(list, before, codes);
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
        List<CodeChange> changes = CodeChange.between(before, codes);
        if (changes.isEmpty()) {
            throw RefusedException.conflict("rules.same");
        }
        officeFiles.put(KIND, list.key(), yaml(codes), expectedVersion, inChinese(changes));
        lists.get(list).readStored(expectedVersion + 1);
        return changes;
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
        List<Code> before = requireUnchanged(list, expectedVersion).content().codes();
        List<Code> earlier = with(read(list, expectedVersion).earlier(), before);
        List<CodeChange> changes =
                CodeChange.between(before, inForce(list, null, earlier).codes());
        officeFiles.restore(KIND, list.key(), expectedVersion, inChinese(changes));
        lists.get(list).readStored(expectedVersion + 1);
        return changes;
    }

    private OfficeFile<Codes> requireUnchanged(CodeList list, int expectedVersion) {
        OfficeFile<Codes> current = current(list);
        if (!list.isChangeable()) {
            throw RefusedException.conflict("rules.codes.problem.fixed");
        }
        if (current.expectedVersion() != expectedVersion) {
            throw RefusedException.conflict("rules.race");
        }
        return current;
    }

    private List<String> inChinese(List<CodeChange> changes) {
        Texts chinese = texts.in(Locale.SIMPLIFIED_CHINESE);
        return changes.stream().map(change -> change.text(chinese)).toList();
    }

    private static Code stripped(Code code) {
        return new Code(
                code.code().strip(), code.chinese().strip(), code.english().strip(), code.offered(), code.tiers());
    }

    /** Reloads the lists, so that changes made by other nodes are noticed. */
    @PostConstruct
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void refresh() {
        for (String key : officeFiles.names(KIND)) {
            CodeList.of(key).ifPresent(list -> lists.get(list).refresh(officeFiles.newest(KIND, key)));
        }
    }

    private InForce read(CodeList list, int newest) {
        List<Code> earlier = new ArrayList<>();
        List<Code> codes = null;
        for (int version = 1; version <= newest; version++) {
            if (codes != null) {
                earlier.addAll(codes);
            }
            codes = officeFiles
                    .content(KIND, list.key(), version)
                    .map(CodeLists::codes)
                    .orElse(null);
        }
        return inForce(list, codes, earlier);
    }

    /** @param office null where what is shipped counts */
    private InForce inForce(CodeList list, List<Code> office, List<Code> earlier) {
        List<Code> codes = known(list, office, earlier);
        return new InForce(
                codes,
                with(shipped.get(list), earlier),
                changed(list, codes, Code::chinese),
                changed(list, codes, Code::english));
    }

    private Map<String, String> changed(CodeList list, List<Code> codes, Function<Code, String> label) {
        Map<String, String> asShipped = shipped.get(list).stream().collect(Collectors.toMap(Code::code, label));
        return codes.stream()
                .filter(code -> !label.apply(code).equals(asShipped.get(code.code())))
                .collect(Collectors.toMap(code -> list.kind() + "." + code.code(), code -> pattern(label.apply(code))));
    }

    /** Quotation marks and braces mean something in a pattern, but nothing in a label. */
    private static String pattern(String label) {
        return BRACES.matcher(label.replace("'", "''")).replaceAll("'$0'");
    }

    /**
     * The office's codes; those that a newer product brings follow, and those that the record may have because they
     * were once in the list.
     */
    private List<Code> known(CodeList list, List<Code> office, List<Code> earlier) {
        Map<String, Code> known = new LinkedHashMap<>();
        if (office != null) {
            office.forEach(code -> known.put(code.code(), code));
        }
        shipped.get(list).forEach(code -> known.putIfAbsent(code.code(), code));
        for (int i = earlier.size() - 1; i >= 0; i--) {
            Code code = earlier.get(i);
            known.putIfAbsent(code.code(), new Code(code.code(), code.chinese(), code.english(), false, code.tiers()));
        }
        if (!list.may(CodeList.Change.ADD)) {
            known.keySet().retainAll(list.shippedCodes());
        }
        return List.copyOf(known.values());
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
