package org.guiling.evidence.format;

import java.io.IOException;
import java.nio.file.Path;

/** The kinds of content that a document must not have: they act, or fetch something, when the document is opened. */
public enum ActiveContent {
    /** Programs: Visual Basic, macro sheets of Excel 4. */
    MACROS,
    /** Objects of other programs, ActiveX controls and packages within the document. */
    OBJECTS,
    /** Templates, pictures, frames, data and sheets that are fetched from elsewhere. */
    EXTERNAL,
    /** Fields and formulas that start programs or fetch files, such as DDE. */
    FIELDS,
    /** JavaScript and launch actions of a PDF. */
    SCRIPTS,
    /** Content that cannot be examined: encrypted, damaged, too large, or built to look different to other programs. */
    STRUCTURE;

    /**
     * Looks through a document.
     *
     * @param folder for what is unpacked on the way
     * @throws ActiveContentException when it brings what acts, or cannot be looked at
     */
    public static void requireNone(Path file, FileType type, Path folder) throws IOException {
        switch (type) {
            case DOCX, XLSX -> OfficePackage.check(file, folder);
            case DOC, XLS -> CompoundDocument.check(file);
            case PDF -> PdfDocument.check(file);
            case OFD -> ArchiveEntries.requirePlain(file);
            default -> {
                // Images and films act nowhere; what is in an archive is not looked at.
            }
        }
    }
}
