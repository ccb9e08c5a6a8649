package org.guiling.engine.form;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import org.guiling.item.Item;
import org.guiling.item.duplicate.Duplicate;
import org.guiling.item.duplicate.Duplicate.Difference;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/**
 * The result of the duplicate search in words: for the review's form and for the person who has registered something.
 */
@Component
public class DuplicateFacts {

    private static final int NAMED = 5;

    private final Duplicates duplicates;
    private final Texts texts;

    DuplicateFacts(Duplicates duplicates, Texts texts) {
        this.duplicates = duplicates;
        this.texts = texts;
    }

    /** The rows of the table of similar items. */
    List<Map<String, Object>> rows(Item item) {
        return duplicates.of(item).stream()
                .map(similar -> Map.<String, Object>of(
                        "itemNo", similar.itemNo(),
                        "title", similar.title(),
                        "status", texts.label(similar.status()),
                        "likeness", similar.percent() + "%",
                        "differences", differences(similar.differences(), "\n")))
                .toList();
    }

    /** The items that resemble one that was registered, for the person who is signed on; empty for none. */
    public String told(Item item) {
        List<Duplicate> found = duplicates.visible(item.registration(), item.itemNo());
        return found.isEmpty()
                ? ""
                : texts.get(
                        "duplicates.found",
                        found.size(),
                        found.stream()
                                .limit(NAMED)
                                .map(similar -> texts.get("duplicates.item", similar.itemNo(), similar.percent()))
                                .collect(joining(texts.get("list.separator"))));
    }

    /** The differences between two items, in one line. */
    public String differences(List<Difference> differences) {
        return differences(differences, texts.get("duplicates.separator"));
    }

    private String differences(List<Difference> differences, String separator) {
        return differences.isEmpty()
                ? texts.get("duplicates.same")
                : differences.stream()
                        .map(difference -> texts.get(
                                "duplicates.difference",
                                texts.get("field." + difference.field()),
                                orEmpty(difference.here()),
                                orEmpty(difference.there())))
                        .collect(joining(separator));
    }

    private String orEmpty(String text) {
        return text.isEmpty() ? texts.get("duplicates.none-there") : text;
    }
}
