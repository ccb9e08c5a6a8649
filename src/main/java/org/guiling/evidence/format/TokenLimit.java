package org.guiling.evidence.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Lets no tag, text, comment or instruction of an XML part through that is longer than any program writes: a parser holds
 * each of them in memory before anybody is asked.
 */
final class TokenLimit extends FilterReader {

    /** In characters. Word writes some pictures into an attribute. */
    static final int LONGEST = 4 * 1024 * 1024;

    private static final String PLAIN = "";

    private final String part;
    private final long limit;
    private long total;
    private int length;
    /** The end of the comment, character data or instruction within which {@code <} begins nothing. */
    private String end = PLAIN;

    private String opening = PLAIN;
    private String last = PLAIN;

    /** @param limit characters of the whole part */
    TokenLimit(Reader in, String part, long limit) {
        super(in);
        this.part = part;
        this.limit = limit;
    }

    /** Number of characters that were read. */
    long total() {
        return total;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] characters, int offset, int count) throws IOException {
        int read = super.read(characters, offset, count);
        for (int i = offset; i < offset + read; i++) {
            look(characters[i]);
        }
        return read;
    }

    private void look(char character) throws IOException {
        if (++length > LONGEST || ++total > limit) {
            throw new ActiveContentException(ActiveContent.STRUCTURE, part);
        }
        if (!end.isEmpty()) {
            lookForEnd(character);
        } else if (character == '<') {
            length = 0;
            opening = "<";
        } else if (!opening.isEmpty()) {
            open(opening + character);
        }
    }

    private void open(String begun) throws IOException {
        opening = PLAIN;
        switch (begun) {
            case "<!", "<!-" -> opening = begun;
            case "<!--" -> begin("-->");
            case "<![" -> begin("]]>");
            case "<?" -> begin("?>");
            default -> {
                if (begun.startsWith("<!")) {
                    // A document type: documents have none, attacks do.
                    throw new ActiveContentException(ActiveContent.STRUCTURE, part);
                }
            }
        }
    }

    private void begin(String ending) {
        end = ending;
        last = PLAIN;
    }

    private void lookForEnd(char character) {
        last = (last.length() < end.length() ? last : last.substring(1)) + character;
        if (character == '>' && last.endsWith(end)) {
            end = PLAIN;
            length = 0;
        }
    }
}
