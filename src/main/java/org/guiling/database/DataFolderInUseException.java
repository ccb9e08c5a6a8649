package org.guiling.database;

import java.nio.file.Path;

/** A second application was started on the data folder of a running one. */
public class DataFolderInUseException extends RuntimeException {

    private final transient Path directory;
    private final String holder;

    DataFolderInUseException(Path directory, String holder) {
        super("The data folder " + directory + " is in use by another Guiling (process " + holder + ").");
        this.directory = directory;
        this.holder = holder;
    }

    public Path directory() {
        return directory;
    }

    /** The process id of the application that holds the folder; empty when it cannot be read. */
    public String holder() {
        return holder;
    }
}
