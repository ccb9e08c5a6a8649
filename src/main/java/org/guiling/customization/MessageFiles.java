package org.guiling.customization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.customization.OfficeFile.Origin;
import org.guiling.customization.OfficeTexts.Own;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The message texts (消息文字) for administrators: what they say, and the way to change them. One file has all that are other
 * than shipped, and every change is a version of it. {@link TextSection} says which texts there are.
 */
@Service
public class MessageFiles {

    /** Of the one file, for its versions. */
    public static final String NAME = OfficeTexts.NAME;

    private static final OfficeFileKind KIND = OfficeTexts.KIND;

    private final ChangeableTexts changeable;
    private final OfficeTexts officeTexts;
    private final OfficeFiles officeFiles;

    MessageFiles(ChangeableTexts changeable, OfficeTexts officeTexts, OfficeFiles officeFiles) {
        this.changeable = changeable;
        this.officeTexts = officeTexts;
        this.officeFiles = officeFiles;
    }

    /** A text in both languages, as people write it. */
    public record Words(String chinese, String english) {}

    /**
     * A text that an office may have otherwise.
     *
     * @param arguments what the system fills in, as it is written: {@code {0}}
     * @param lines whether it may have several
     */
    public record Changeable(String key, TextSection section, Words shipped, Set<String> arguments, boolean lines) {}

    /**
     * A text in force.
     *
     * @param changed the version with which the office's words came; null where both languages are as shipped
     */
    public record Text(Changeable what, Words words, OfficeVersion changed) {}

    /** All of them. */
    public record AllTexts(List<Text> texts) {

        /** @throws RefusedException when there is no such text, or it stays as it is shipped */
        public Text text(String key) {
            return texts.stream()
                    .filter(text -> text.what().key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> unknown(key));
        }
    }

    /** @throws RefusedException when the current person is no administrator */
    @Transactional(readOnly = true)
    public OfficeFile<AllTexts> current() {
        officeFiles.requireAdministrator();
        List<OfficeVersion> history = officeFiles.versions(KIND, NAME);
        Map<Integer, OfficeVersion> versions =
                history.stream().collect(Collectors.toMap(OfficeVersion::version, Function.identity()));
        Map<String, Own> own = officeTexts.usable(officeTexts.stored(OfficeVersion.newest(history)));
        List<Text> texts = changeable.all().stream()
                .map(text -> text(text, own.get(text.key()), versions))
                .toList();
        return new OfficeFile<>(NAME, own.isEmpty() ? Origin.SHIPPED : Origin.OFFICE, history, new AllTexts(texts));
    }

    /**
     * Says whether a text can be used; stores nothing.
     *
     * @param entered as it came from a page
     * @return the words as they would count
     * @throws RefusedException with what is wrong in which language, fields {@code chinese} and {@code english}; or when there
     *     is no such text, or the current person is no administrator
     */
    public Words check(String key, Words entered) {
        officeFiles.requireAdministrator();
        Words words = new Words(TextRules.cleaned(entered.chinese()), TextRules.cleaned(entered.english()));
        List<Problem> faults = ChangeableTexts.faults(known(key), words);
        if (!faults.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, faults);
        }
        return words;
    }

    /**
     * Puts a text in force, for whatever is shown or sent from then on.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException as {@link #check}, when it is as it was, or when somebody else was faster
     */
    @Transactional
    public void change(String key, Words entered, int expectedVersion) {
        Own own = Own.of(check(key, entered), known(key).shipped(), expectedVersion + 1);
        put(expectedVersion, texts -> {
            if (own == null) {
                texts.remove(key);
            } else {
                texts.put(key, own);
            }
        });
    }

    /**
     * Has a shipped text count again.
     *
     * @throws RefusedException when there is no such text, or as {@link #restore(int)}
     */
    @Transactional
    public void restore(String key, int expectedVersion) {
        known(key);
        put(expectedVersion, texts -> texts.remove(key));
    }

    /**
     * Has all shipped texts count again.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException when they do already, somebody else was faster, or the current person is no administrator
     */
    @Transactional
    public void restore(int expectedVersion) {
        put(expectedVersion, Map::clear);
    }

    private void put(int expectedVersion, Consumer<Map<String, Own>> change) {
        officeFiles.requireAdministrator();
        Map<String, Own> before = officeTexts.stored(officeFiles.newest(KIND, NAME));
        Map<String, Own> after = new TreeMap<>(officeTexts.usable(before));
        change.accept(after);
        List<String> changes = changes(before, after);
        if (changes.isEmpty()) {
            throw RefusedException.conflict("rules.same");
        }
        officeFiles.put(KIND, NAME, after.isEmpty() ? null : OfficeTexts.write(after), expectedVersion, changes);
        officeTexts.inForce.readStored(expectedVersion + 1);
    }

    /** The differences, as the audit trail keeps them: {@code NoticeKind.URGED (zh): 催办 ⇒ 提醒}. */
    private List<String> changes(Map<String, Own> before, Map<String, Own> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<String> changes = new ArrayList<>();
        for (String key : keys) {
            Words was = words(key, before.get(key));
            Words is = words(key, after.get(key));
            if (!was.chinese().equals(is.chinese())) {
                changes.add("%s (zh): %s ⇒ %s".formatted(key, was.chinese(), is.chinese()));
            }
            if (!was.english().equals(is.english())) {
                changes.add("%s (en): %s ⇒ %s".formatted(key, was.english(), is.english()));
            }
        }
        return changes;
    }

    /** @param own null where the shipped words count; a text that this version of the product has no more has none */
    private Words words(String key, Own own) {
        Words shipped = changeable.find(key).map(Changeable::shipped).orElse(new Words("", ""));
        return own == null ? shipped : own.over(shipped);
    }

    private Text text(Changeable text, Own own, Map<Integer, OfficeVersion> versions) {
        return own == null
                ? new Text(text, text.shipped(), null)
                : new Text(text, own.over(text.shipped()), versions.get(own.version()));
    }

    private Changeable known(String key) {
        return changeable.find(key).orElseThrow(() -> unknown(key));
    }

    private static RefusedException unknown(String key) {
        return RefusedException.notFound("rules.text.no-such", key);
    }
}
