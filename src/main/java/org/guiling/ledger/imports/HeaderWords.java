package org.guiling.ledger.imports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.ledger.imports.ImportProfile.Place;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.value.Normal;

/** The words that head columns, as one profile knows them and as offices vary them. */
final class HeaderWords {

    /** A remark behind the word: 完成时限（年月日）, 责任单位(盖章), 整改措施：. */
    private static final Pattern REMARK = Pattern.compile("(?<=.)(\\([^()]*\\)|\\[[^\\[\\]]*])$|[::]$");

    private final Map<String, Place> places;
    private final Set<String> itemNumbers;
    private final Set<String> states;

    HeaderWords(ImportProfile profile) {
        this.places = profile.places();
        this.itemNumbers = normal(profile.itemNo());
        this.states =
                profile.state() == null ? Set.of() : normal(profile.state().headers());
    }

    /** True where the text heads a column that is read for something. */
    boolean isKnown(String label) {
        return place(label).isPresent() || isItemNo(label) || isState(label);
    }

    boolean isKnown(Cell cell) {
        return cell != null && isKnown(cell.text());
    }

    /** The field and column that a header stands for: by the word itself, else without the remark behind it. */
    Optional<Place> place(String label) {
        String normal = Normal.ofHeader(label);
        return Optional.ofNullable(places.get(normal)).or(() -> Optional.ofNullable(places.get(plain(normal))));
    }

    boolean isItemNo(String label) {
        return isOneOf(label, itemNumbers);
    }

    boolean isState(String label) {
        return isOneOf(label, states);
    }

    private static boolean isOneOf(String label, Set<String> words) {
        String normal = Normal.ofHeader(label);
        return words.contains(normal) || words.contains(plain(normal));
    }

    private static String plain(String normal) {
        return REMARK.matcher(normal).replaceFirst("");
    }

    private static Set<String> normal(List<String> words) {
        return words.stream().map(Normal::ofHeader).collect(Collectors.toSet());
    }
}
