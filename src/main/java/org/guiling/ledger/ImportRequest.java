package org.guiling.ledger;

import java.nio.file.Path;
import java.util.Map;

/**
 * A file to import.
 *
 * @param fileName the name under which the person knows it; its extension must agree with the content
 * @param source where the bytes lie; not changed and not removed
 * @param profile id of one of {@link Imports#profiles()}
 * @param defaults by field of the start form: what counts where a row says nothing; codes or labels, units by code or
 *     name
 * @param dryRun whether only to check and count
 */
public record ImportRequest(
        String fileName, Path source, String profile, Map<String, String> defaults, boolean dryRun, ImportMode mode) {}
