package org.guiling.customization;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that an office may change (消息文字), in the order in which they are shown. The rule:
 *
 * <ul>
 *   <li>what leaves the house: the lines of messages and the kinds of notices;
 *   <li>labels of codes that people read about an item (steps, statuses, lights, what was done, cards, documents), as long as
 *       nothing else says them: not those with a page of codes of their own, not those that a form file or a model shows in its
 *       own words (results of a verification, tasks, requests, rungs), not roles, by which workbooks of the organization are
 *       read, and not figures, whose names are their definitions;
 *   <li>what helps: the page of help, the tour, and what a page says where it has nothing to list.
 * </ul>
 *
 * Refusals, the audit and the furniture of pages stay as they are: they say what the software does.
 */
public enum TextSection {
    NOTICE(Group.NOTICES, "notice\\..+", 80),
    NOTICE_KIND(Group.NOTICES, "NoticeKind\\..+", 40),
    STEP(Group.CODES, "Step\\..+", 30),
    STATUS(Group.CODES, "ItemStatus\\..+", 30),
    LIGHT(Group.CODES, "Light\\..+", 30),
    ACTION(Group.CODES, "Action\\..+", 30),
    CARD(Group.CODES, "CardState\\..+", 30),
    DOCUMENT(Group.CODES, "DocumentKind\\..+", 30),
    SUGGESTION(Group.CODES, "SuggestionKind\\..+", 30),
    HELP(Group.HELP, "help\\..+", 500),
    TOUR(Group.HELP, "tour\\..+", 200),
    EMPTY(Group.HELP, "[a-z]+\\.[a-z-]+-empty(\\.[a-z]+)?", 200);

    /** Sections that are shown together on the page. */
    public enum Group {
        /** Texts that are sent out of the house. */
        NOTICES,
        CODES,
        HELP
    }

    private final Group group;
    private final Pattern keys;
    private final int longest;

    TextSection(Group group, String keys, int longest) {
        this.group = group;
        this.keys = Pattern.compile(keys);
        this.longest = longest;
    }

    /** Empty for a text that stays as it is shipped. */
    public static Optional<TextSection> of(String key) {
        return Stream.of(values())
                .filter(section -> section.keys.matcher(key).matches())
                .findFirst();
    }

    public Group group() {
        return group;
    }

    /**
     * Maximum length of a text in characters (code points). For messages it leaves room for twenty items in the 2048
     * bytes that WeCom takes: a line and a kind in the subject, a hint, three bytes for each Chinese character.
     */
    public int longest() {
        return longest;
    }
}
