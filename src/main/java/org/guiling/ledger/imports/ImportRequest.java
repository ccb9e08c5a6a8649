package org.guiling.ledger.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file to import.
 *
 * @param fileName the name under which the person knows it; its extension must agree with the content
 * @param source where the bytes lie; not changed and not removed
 * @param profile id of one of {@link ImportProfiles#all()}; null or {@link ImportProfiles#RECOGNISED} for the one that knows most
 *     of the file's headers
 * @param defaults null for none; by field of the start form: what counts where a row says nothing; codes or labels, units by code or
 *     name
 * @param dryRun whether only to check and count
 * @param choices what the person decided about what a list leaves open
 */
public record ImportRequest(
        String fileName,
        Path source,
        String profile,
        Map<String, String> defaults,
        boolean dryRun,
        ImportMode mode,
        ImportChoices choices) {

    private static final int LONGEST_NAME = 255;

    public ImportRequest {
        fileName = plainName(fileName);
        defaults = defaults == null ? Map.of() : defaults;
    }

    public ImportRequest(
            String fileName,
            Path source,
            String profile,
            Map<String, String> defaults,
            boolean dryRun,
            ImportMode mode) {
        this(fileName, source, profile, defaults, dryRun, mode, ImportChoices.USUAL);
    }

    /** The digest of the file's bytes. */
    String digest() {
        try (InputStream content = Files.newInputStream(source)) {
            return DigestUtils.sha256Hex(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last part of what a browser sends, without what neither people nor the database can read. */
    private static String plainName(String sent) {
        String name = sent == null ? "" : sent.replaceAll("\\p{Cntrl}", "");
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
    }
}
