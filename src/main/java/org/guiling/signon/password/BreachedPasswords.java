package org.guiling.signon.password;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.signon.SignOnProperties;
import org.springframework.stereotype.Component;

/**
 * Passwords that are known from breaches, in a file of the office's: SHA-1 in hexadecimal, one a line and in their order, a colon and
 * a number behind it where there is one, as such lists are handed out. It is searched where it lies, however large it is.
 */
@Component
class BreachedPasswords {

    /** Of SHA-1, in hexadecimal. */
    private static final int DIGEST = 40;

    private final Path file;

    /** @throws IllegalStateException when a file is named that is not there, before anybody relies on it */
    BreachedPasswords(SignOnProperties properties) {
        this.file = properties.password().breachedFile();
        if (file != null && !Files.isReadable(file)) {
            throw new IllegalStateException("guiling.sign-on.password.breached-file cannot be read: " + file);
        }
    }

    /** No for all where the office has named no file. */
    boolean include(String password) {
        if (file == null) {
            return false;
        }
        try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r")) {
            return isIn(lines, DigestUtils.sha1Hex(password).toUpperCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Halves the part in which a line with the digest may begin. */
    private static boolean isIn(RandomAccessFile lines, String digest) throws IOException {
        long from = 0;
        long to = lines.length();
        while (from < to) {
            long middle = (from + to) >>> 1;
            long begin = beginOfLine(lines, middle);
            lines.seek(begin);
            String line = lines.readLine();
            long next = lines.getFilePointer();
            String found = line.length() < DIGEST ? line : line.substring(0, DIGEST);
            int order = found.compareToIgnoreCase(digest);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                from = next;
            } else {
                to = begin;
            }
        }
        return false;
    }

    private static long beginOfLine(RandomAccessFile lines, long position) throws IOException {
        long begin = position;
        while (begin > 0) {
            lines.seek(begin - 1);
            if (lines.read() == '\n') {
                break;
            }
            begin--;
        }
        return begin;
    }
}
