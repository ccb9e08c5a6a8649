package org.guiling.evidence.content;

import java.io.InputStream;
import org.guiling.refusal.RefusedException;

/** The files as they were uploaded, byte for byte. */
@FunctionalInterface
interface Originals {

    /** @throws RefusedException when the content is not to be had */
    InputStream open(EvidenceVersion version);
}
