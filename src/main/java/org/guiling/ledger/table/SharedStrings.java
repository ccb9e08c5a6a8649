package org.guiling.ledger.table;

import java.util.ArrayList;
import java.util.List;

/** The texts that cells refer to by number. */
final class SharedStrings {

    private final List<String> strings = new ArrayList<>();

    static SharedStrings none() {
        return new SharedStrings();
    }

    static SharedStrings read(Xml xml) {
        SharedStrings shared = new SharedStrings();
        long characters = 0;
        while (xml.next()) {
            if (xml.isStart("si")) {
                String text = richText(xml, "si");
                characters += text.length();
                shared.strings.add(text);
                if (characters > Limits.SHARED_CHARACTERS || shared.strings.size() > Limits.SHARED_STRINGS) {
                    throw Refusal.of("import.file.bomb");
                }
            }
        }
        return shared;
    }

    String get(String index) {
        try {
            return strings.get(Integer.parseInt(index.strip()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Refusal.damaged(e);
        }
    }

    /** The text of an element's runs, without the reading aids ({@code rPh}) of Japanese and Chinese editions. */
    static String richText(Xml xml, String element) {
        StringBuilder text = new StringBuilder();
        boolean phonetic = false;
        boolean more = xml.next();
        while (more && !xml.isEnd(element)) {
            if (xml.isStart("rPh")) {
                phonetic = true;
            } else if (xml.isEnd("rPh")) {
                phonetic = false;
            }
            if (xml.isStart("t") && !phonetic) {
                xml.text(text);
            } else {
                more = xml.next();
            }
        }
        return CellText.unescape(text.toString());
    }
}
