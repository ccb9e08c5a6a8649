package org.guiling.ledger.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.guiling.refusal.RefusedException;

/**
 * The parts of an xlsx package. Every entry is inflated once, counted and thrown away before anything is parsed, because
 * the sizes that a zip names are not to be trusted.
 */
final class WorkbookParts implements Closeable {

    private static final String WORKBOOK_TYPE = "spreadsheetml.sheet.main+xml";

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private WorkbookParts(ZipFile zip) {
        this.zip = zip;
    }

    static WorkbookParts open(Path file) {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            throw Refusal.damaged(e);
        }
        WorkbookParts parts = new WorkbookParts(zip);
        try {
            parts.index();
            parts.requireSafeSize();
            parts.requireWorkbook();
            return parts;
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e instanceof RefusedException refused ? refused : Refusal.damaged(e);
        }
    }

    boolean has(String name) {
        return entries.containsKey(name.toLowerCase(Locale.ROOT));
    }

    Xml read(String name) {
        ZipEntry entry = entries.get(name.toLowerCase(Locale.ROOT));
        if (entry == null) {
            throw Refusal.of("import.file.damaged");
        }
        try {
            return new Xml(zip.getInputStream(entry));
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.damaged(e);
        }
    }

    /** One arrow from a part to another: its kind is the last word of its type. */
    record Relationship(String id, String kind, String target) {}

    /** The relationships of a part, or of the package for the empty name; external ones left out. */
    List<Relationship> relationships(String part) {
        int slash = part.lastIndexOf('/');
        String folder = part.substring(0, slash + 1);
        String name = folder + "_rels/" + part.substring(slash + 1) + ".rels";
        List<Relationship> relationships = new ArrayList<>();
        if (!has(name)) {
            return relationships;
        }
        try (Xml xml = read(name)) {
            while (xml.next()) {
                if (xml.isStart("Relationship") && !"External".equals(xml.attribute("TargetMode"))) {
                    String type = String.valueOf(xml.attribute("Type"));
                    relationships.add(new Relationship(
                            xml.attribute("Id"),
                            type.substring(type.lastIndexOf('/') + 1),
                            resolve(folder, xml.attribute("Target"))));
                }
            }
        }
        return relationships;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw Refusal.damaged(e);
        }
    }

    private void index() {
        if (zip.size() > Limits.PARTS) {
            throw Refusal.of("import.file.bomb");
        }
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName().replace('\\', '/').toLowerCase(Locale.ROOT);
            if (entries.put(name, entry) != null) {
                throw Refusal.of("import.file.damaged");
            }
        }
    }

    private void requireSafeSize() throws IOException {
        byte[] buffer = new byte[65_536];
        long inflated = 0;
        for (ZipEntry entry : entries.values()) {
            try (InputStream content = zip.getInputStream(entry)) {
                for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                    inflated += length;
                    if (inflated > Limits.INFLATED_BYTES) {
                        throw Refusal.of("import.file.bomb");
                    }
                }
            }
        }
    }

    private void requireWorkbook() {
        if (entries.keySet().stream().anyMatch(name -> name.endsWith("vbaproject.bin"))) {
            throw Refusal.of("import.file.macros");
        }
        if (!has("[Content_Types].xml")) {
            throw Refusal.of("import.file.no-workbook");
        }
        boolean workbook = false;
        try (Xml xml = read("[Content_Types].xml")) {
            while (xml.next()) {
                String type = xml.isStart("Override") || xml.isStart("Default") ? xml.attribute("ContentType") : null;
                if (type != null && type.toLowerCase(Locale.ROOT).contains("macroenabled")) {
                    throw Refusal.of("import.file.macros");
                }
                workbook |= type != null && type.endsWith(WORKBOOK_TYPE);
            }
        }
        if (!workbook) {
            throw Refusal.of("import.file.no-workbook");
        }
    }

    private static String resolve(String folder, String target) {
        try {
            return URI.create("/" + folder)
                    .resolve(String.valueOf(target))
                    .getPath()
                    .substring(1);
        } catch (RuntimeException e) {
            throw Refusal.damaged(e);
        }
    }
}
