package org.guiling.ledger;

import java.nio.file.Path;
import java.util.Map;

/**
 * A file to import.
 *
 * @param fileName the name under which the person knows it; its extension must agree with the content
 * @param source where the bytes lie; not changed and not removed
 * @param profile id of one of {@link Imports#profiles()}
 * @param defaults null for none; by field of the start form: what counts where a row says nothing; codes or labels, units by code or
 *     name
 * @param dryRun whether only to check and count
 */
public record ImportRequest(
        String fileName, Path source, String profile, Map<String, String> defaults, boolean dryRun, ImportMode mode) {

    private static final int LONGEST_NAME = 255;

    public ImportRequest {
        fileName = plainName(fileName);
        defaults = defaults == null ? Map.of() : defaults;
    }

    /** The last part of what a browser sends, without what neither people nor the database can read. */
    private static String plainName(String sent) {
        String name = sent == null ? "" : sent.replaceAll("\\p{Cntrl}", "");
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
    }
}
