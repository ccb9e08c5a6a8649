package org.guiling.customization;

import java.util.List;

/**
 * A file in force that an office may replace (a decision table, a list of codes, the message texts, a template, a profile), with
 * the office's versions of it.
 *
 * @param <T> its content, as a page shows it
 * @param name by which addresses, versions and the audit trail know it
 * @param history the office's versions, the newest first
 */
public record OfficeFile<T>(String name, Origin origin, List<OfficeVersion> history, T content) {

    /** Sources of what is in force. */
    public enum Origin {
        /** The product brought it. */
        SHIPPED,
        /** An administrator put it in force here. */
        OFFICE,
        /** A template in the folder, which each node has for itself. */
        FOLDER,
        /** A decision table that somebody deployed at the engine itself. */
        ENGINE
    }

    /** The newest version, which a change has to name: one that was decided on another is refused. */
    public int expectedVersion() {
        return OfficeVersion.newest(history);
    }
}
