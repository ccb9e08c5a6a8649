package org.guiling.audit;

import java.util.function.Consumer;

/** The contents of the files that the record names by their hashes; whoever keeps them can tell what became of them. */
public interface ContentVerification {

    /**
     * Tells of the contents that were found missing or changed before, without reading any.
     *
     * @return 0: how many contents were read
     */
    long verifyKnown(Consumer<Finding> findings);

    /**
     * Reads and hashes every content that something names.
     *
     * @return how many contents were read
     */
    long verifyFiles(Consumer<Finding> findings);
}
