package org.guiling.limits;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.limits.XmlLimitException.Limit;

/**
 * XML on its way to a parser. Looks at each byte before the parser does and ends the stream with an
 * {@link XmlLimitException} as soon as a token is too long, so that no parser ever has to hold one: the JDK's reads an
 * attribute of any length into memory before it tells anybody, and so does the one of POI's documents. It parses nothing;
 * whether the XML is well-formed remains the parser's question.
 *
 * <p>Markup is told by single bytes, which is why encodings are on a list; XML of offices is UTF-8. Document types are
 * refused: the formats that we read have none, and they are where entities come from.
 */
public final class LimitedXml extends FilterInputStream {

    /** Of a tag with all its attributes, in bytes. */
    static final int TAG = 256 * 1024;

    /** Of a text between two tags, a comment or a CDATA section, in bytes: three for each character of a full cell, escaped. */
    static final int TEXT = 1024 * 1024;

    static final int INSTRUCTION = 4 * 1024;
    static final int DEPTH = 100;
    static final int ATTRIBUTES = 1_000;
    static final int NAMES = 5_000;

    private static final Set<String> ENCODINGS =
            Set.of("utf-8", "utf8", "us-ascii", "iso-8859-1", "gbk", "gb2312", "gb18030");
    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final String XMLNS = "xmlns";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** Position of the next byte in the XML. */
    private enum Place {
        START,
        TEXT,
        /** Behind {@code <}. */
        OPENED,
        START_TAG,
        /** In an attribute's value. */
        VALUE,
        END_TAG,
        INSTRUCTION,
        /** Behind {@code <!}. */
        DECLARED,
        COMMENT,
        CDATA
    }

    private final DistinctNames names = new DistinctNames(NAMES);
    private final StringBuilder declaration = new StringBuilder();
    private Place place = Place.START;
    private long position;
    private int length;
    private int depth;
    private int attributes;
    private int quote;
    /** So many letters of the attribute's name are those of a namespace's; parsers keep the names of namespaces too. */
    private int matched;

    private boolean inNamespace;
    private int last;
    private int beforeLast;

    public LimitedXml(InputStream content) {
        super(content);
    }

    /**
     * Reads the content to its end.
     *
     * @throws XmlLimitException when it does not keep a limit
     */
    public static void require(InputStream content) throws IOException {
        byte[] buffer = new byte[8192];
        LimitedXml xml = new LimitedXml(content);
        while (xml.read(buffer) >= 0) {
            // Looked at while it is read.
        }
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            look(next);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        int read = super.read(target, offset, wanted);
        for (int i = offset; i < offset + read; i++) {
            look(target[i] & 0xff);
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        return wanted <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(wanted, 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void look(int next) throws XmlLimitException {
        length++;
        switch (place) {
            case START -> start(next);
            case TEXT -> text(next);
            case OPENED -> opened(next);
            case START_TAG -> startTag(next);
            case VALUE -> value(next);
            case END_TAG -> endTag(next);
            case INSTRUCTION -> instruction(next);
            case DECLARED -> declared(next);
            // <!--> and <!---> begin a comment and do not end it.
            case COMMENT -> ends(next == '>' && last == '-' && beforeLast == '-' && length > 3, TEXT);
            case CDATA -> ends(next == '>' && last == ']' && beforeLast == ']', TEXT);
        }
        beforeLast = last;
        last = next;
        position++;
    }

    private void start(int next) throws XmlLimitException {
        boolean mark = position < BYTE_ORDER_MARK.length && next == (BYTE_ORDER_MARK[(int) position] & 0xff);
        if (next == '<') {
            enter(Place.OPENED);
        } else {
            require(mark || isBlank(next), Limit.ENCODING);
        }
        require(length <= INSTRUCTION, Limit.LENGTH);
    }

    private void text(int next) throws XmlLimitException {
        require(next != 0, Limit.ENCODING);
        if (next == '<') {
            enter(Place.OPENED);
        } else {
            require(length <= TEXT, Limit.LENGTH);
        }
    }

    private void opened(int next) throws XmlLimitException {
        require(next != 0, Limit.ENCODING);
        switch (next) {
            case '!' -> enter(Place.DECLARED);
            case '?' -> {
                declaration.setLength(0);
                enter(Place.INSTRUCTION);
            }
            case '/' -> enter(Place.END_TAG);
            default -> {
                enter(Place.START_TAG);
                attributes = 0;
                names.add(next);
                require(depth < DEPTH, Limit.DEPTH);
            }
        }
    }

    private void startTag(int next) throws XmlLimitException {
        if (next == '>') {
            require(names.end(), Limit.NAMES);
            depth += last == '/' ? 0 : 1;
            enter(Place.TEXT);
        } else if (next == '"' || next == '\'') {
            quote = next;
            place = Place.VALUE;
            inNamespace = matched == XMLNS.length();
            require(++attributes <= ATTRIBUTES, Limit.ATTRIBUTES);
        } else if (isBlank(next) || next == '/') {
            matched = 0;
            require(names.end(), Limit.NAMES);
        } else if (next == '=') {
            require(names.end(), Limit.NAMES);
        } else {
            matched += matched < XMLNS.length() && next == XMLNS.charAt(matched) ? 1 : 0;
            names.add(next);
        }
        require(length <= TAG, Limit.LENGTH);
    }

    private void value(int next) throws XmlLimitException {
        if (next == quote) {
            place = Place.START_TAG;
            require(names.end(), Limit.NAMES);
        } else if (inNamespace) {
            names.add(next);
        }
        require(length <= TAG, Limit.LENGTH);
    }

    private void endTag(int next) throws XmlLimitException {
        if (next == '>') {
            depth--;
        }
        ends(next == '>', TAG);
    }

    private void instruction(int next) throws XmlLimitException {
        if (declaration.length() < INSTRUCTION) {
            declaration.append((char) next);
        }
        boolean end = next == '>' && last == '?' && length > 1;
        if (end && declaration.indexOf("xml") == 0) {
            Matcher encoding = ENCODING.matcher(declaration);
            require(!encoding.find() || ENCODINGS.contains(encoding.group(1).toLowerCase(Locale.ROOT)), Limit.ENCODING);
        }
        ends(end, INSTRUCTION);
    }

    /** The next byte tells which: {@code <!--}, {@code <![CDATA[} or {@code <!DOCTYPE}. */
    private void declared(int next) throws XmlLimitException {
        require(next == '-' || next == '[', Limit.DOCUMENT_TYPE);
        enter(next == '-' ? Place.COMMENT : Place.CDATA);
    }

    private void ends(boolean end, int longest) throws XmlLimitException {
        if (end) {
            enter(Place.TEXT);
        } else {
            require(length <= longest, Limit.LENGTH);
        }
    }

    private void enter(Place next) {
        place = next;
        length = 0;
    }

    private static boolean isBlank(int next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    private static void require(boolean kept, Limit limit) throws XmlLimitException {
        if (!kept) {
            throw new XmlLimitException(limit);
        }
    }

    /** True where bytes are those of XML, to be asked of the first of a part whose name does not say. */
    public static boolean isIn(byte[] head, int length) {
        String start = new String(head, 0, length, StandardCharsets.ISO_8859_1).replace("\0", "");
        return start.replaceFirst("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\\s*", "")
                .startsWith("<");
    }
}
