package org.guiling.evidence.content;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Makes the name of an uploaded file one that is safe to show and to save. It never names a file of ours. */
final class FileNames {

    /** The limit of file systems: 255 bytes, less what a browser adds to a second copy. */
    private static final int LONGEST_BYTES = 240;

    private static final int LONGEST_EXTENSION = 10;
    private static final String FORBIDDEN = "<>:\"|?*";
    private static final String NAMELESS = "_";

    private FileNames() {}

    /**
     * The name without folders, without characters that control or turn round what is shown, and not too long; its
     * extension stays.
     *
     * @param name as the caller sent it; may be null
     * @return never empty
     */
    static String clean(String name) {
        String whole = name == null ? "" : Normalizer.normalize(name, Normalizer.Form.NFC);
        String own = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1);
        StringBuilder shown = new StringBuilder();
        own.codePoints().filter(FileNames::isShown).forEach(shown::appendCodePoint);
        String stripped = shown.toString().strip().replaceAll("^[. ]+|[. ]+$", "");
        return shortened(stripped.isEmpty() ? NAMELESS : stripped);
    }

    /** Also marks that turn the direction, behind which {@code gpj.exe} reads as {@code exe.jpg}. */
    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> FORBIDDEN.indexOf(character) < 0;
        };
    }

    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        String base = name.substring(0, name.length() - extension.length());
        while (bytes(base) + bytes(extension) > LONGEST_BYTES || base.length() + extension.length() > 200) {
            base = base.substring(0, base.offsetByCodePoints(base.length(), -1));
        }
        return base + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
