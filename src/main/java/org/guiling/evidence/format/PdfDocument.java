package org.guiling.evidence.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PDF (ISO 32000). JavaScript and actions that start programs are refused; files within are not, since electronic
 * invoices carry their data so. Every byte is looked at, whatever a parser would take it for; objects that are compressed
 * are looked at too, as far as they are deflated.
 */
final class PdfDocument {

    /** Long enough that no picture has one by chance. */
    private static final Set<String> SCRIPTS = Set.of("JavaScript", "Launch", "Rendition");

    private static final String OBJECTS = "ObjStm";
    private static final long STREAM = word("stream");
    private static final long END_OF_STREAM = word("ndstream");
    private static final long END_OF_OBJECT = word("endobj");
    private static final int STREAM_LENGTH = 6;
    private static final long SIX = 0xffff_ffff_ffffL;
    /** Of all objects together, unpacked. */
    private static final long MAX_UNPACKED = 100L * 1024 * 1024;

    private static final int LONGEST_NAME = 127;

    private final String file;
    private boolean holdsObjects;
    private Unpacked objects;
    private long unpacked;

    private PdfDocument(String file) {
        this.file = file;
    }

    /** @throws ActiveContentException when it brings what acts */
    static void check(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            new PdfDocument(file.getFileName().toString()).check(content);
        }
    }

    private void check(InputStream content) throws IOException {
        Scanner names = new Scanner();
        byte[] buffer = new byte[65_536];
        long last = 0;
        int length = 0;
        for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
            for (int i = 0; i < read; i++) {
                int value = buffer[i] & 0xff;
                names.look(value);
                if (objects != null) {
                    objects.add(value);
                }
                if (isRegular(value)) {
                    last = last << 8 | value;
                    length++;
                } else {
                    keyword(last, length);
                    length = 0;
                }
            }
        }
        keyword(last, length);
        end();
        names.look(' ');
    }

    private void keyword(long last, int length) throws IOException {
        if (last == END_OF_STREAM || (last & SIX) == END_OF_OBJECT) {
            end();
            holdsObjects = false;
        } else if (length == STREAM_LENGTH && (last & SIX) == STREAM && holdsObjects) {
            // Again, where the word stood in a text before.
            if (objects == null || objects.areNone()) {
                end();
                objects = new Unpacked();
            }
        }
    }

    private void end() throws IOException {
        if (objects != null) {
            objects.end();
            objects = null;
        }
    }

    private void found(String name) throws ActiveContentException {
        if (SCRIPTS.contains(name)) {
            throw new ActiveContentException(ActiveContent.SCRIPTS, file + " /" + name);
        }
        holdsObjects = holdsObjects || name.equals(OBJECTS);
    }

    /** Part of a name or a word. */
    private static boolean isRegular(int value) {
        return value > ' ' && "()<>[]{}/%".indexOf(value) < 0;
    }

    /** The last eight characters of it as a number. */
    private static long word(String text) {
        long word = 0;
        for (char character : text.toCharArray()) {
            word = word << 8 | character;
        }
        return word;
    }

    /** Gathers names, in which any character may be written as its number. */
    private final class Scanner {

        private StringBuilder name;

        void look(int value) throws IOException {
            if (value == '/') {
                end();
                name = new StringBuilder();
            } else if (name != null && isRegular(value)) {
                if (name.length() < LONGEST_NAME) {
                    name.append((char) value);
                }
            } else {
                end();
            }
        }

        private void end() throws IOException {
            if (name != null) {
                found(plain(name.toString()));
                name = null;
            }
        }

        private String plain(String written) {
            StringBuilder plain = new StringBuilder();
            for (int i = 0; i < written.length(); i++) {
                int high = i + 2 < written.length() ? Character.digit(written.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(written.charAt(i + 2), 16);
                if (written.charAt(i) == '#' && low >= 0) {
                    plain.append((char) (high * 16 + low));
                    i += 2;
                } else {
                    plain.append(written.charAt(i));
                }
            }
            return plain.toString();
        }
    }

    /** Objects within a stream: inflated as they come, and thrown away. */
    private final class Unpacked {

        private final Inflater inflater = new Inflater();
        private final Scanner scanner = new Scanner();
        private final byte[] packed = new byte[8192];
        private final byte[] buffer = new byte[65_536];
        private int filled;
        private boolean begun;
        private boolean over;

        void add(int value) throws IOException {
            // The line's end behind the keyword.
            begun = begun || value != '\r' && value != '\n' && value != ' ';
            if (begun && !over) {
                packed[filled++] = (byte) value;
                if (filled == packed.length) {
                    inflate();
                }
            }
        }

        /** True where what came so far is nothing that was deflated. */
        boolean areNone() throws IOException {
            inflate();
            return over;
        }

        void end() throws IOException {
            inflate();
            scanner.look(' ');
            inflater.end();
        }

        private void inflate() throws IOException {
            inflater.setInput(packed, 0, filled);
            filled = 0;
            try {
                for (int read = over ? 0 : inflater.inflate(buffer); read > 0; read = inflater.inflate(buffer)) {
                    unpacked += read;
                    if (unpacked > MAX_UNPACKED) {
                        throw new ActiveContentException(ActiveContent.STRUCTURE, "compressed objects");
                    }
                    for (int i = 0; i < read; i++) {
                        scanner.look(buffer[i] & 0xff);
                    }
                }
            } catch (DataFormatException e) {
                // Encrypted, packed otherwise or damaged: readers of PDF see nothing of it either, or ask for a
                // password.
                over = true;
            }
        }
    }
}
