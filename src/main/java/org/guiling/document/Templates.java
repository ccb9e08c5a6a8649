package org.guiling.document;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.config.Configure;
import com.deepoove.poi.config.ConfigureBuilder;
import com.deepoove.poi.exception.ResolverException;
import com.deepoove.poi.plugin.table.LoopRowTableRenderPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.guiling.item.RefusedException;
import org.guiling.rules.OfficeFileKind;
import org.guiling.rules.OfficeFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fills templates: the one that an administrator put in force, else the one of the office's folder, else the shipped one. A
 * template is read and checked each time, so that a new one counts at once. What people wrote goes in as plain text: tags in it are text.
 */
@Component
class Templates {

    private static final Logger log = LoggerFactory.getLogger(Templates.class);

    private static final String SHIPPED = "/documents/";
    private static final int LARGEST_FILE_BYTES = 5 * 1024 * 1024;
    private static final int LARGEST_INFLATED_BYTES = 50 * 1024 * 1024;
    private static final Pattern TAG = Pattern.compile("\\{\\{[^{}]*}}");

    private final Path folder;
    private final OfficeFiles officeFiles;

    Templates(DocumentProperties properties, OfficeFiles officeFiles) {
        this.folder = properties.templates();
        this.officeFiles = officeFiles;
    }

    /**
     * The filled document.
     *
     * @throws RefusedException when the office's template cannot be used; the message says why
     */
    byte[] fill(DocumentKind kind, Record content) {
        Optional<byte[]> own = officeFiles.content(OfficeFileKind.DOCUMENT_TEMPLATE, kind.id());
        if (own.isPresent()) {
            return fillOwn(own.get(), kind, content);
        }
        return isInFolder(kind) ? fillOwn(ofFolder(kind), kind, content) : fillShipped(kind, content);
    }

    /** Fills a template that is not, or not yet, in use. */
    byte[] fillOwn(byte[] template, DocumentKind kind, Record content) {
        try {
            if (template.length > LARGEST_FILE_BYTES) {
                throw refused(kind, "refusal.document.template-large", LARGEST_FILE_BYTES / 1024 / 1024);
            }
            requireSafeSize(template, kind);
            return fill(template, kind, content);
        } catch (RefusedException refusal) {
            log.warn("The template of {} cannot be used: {}", kind, refusal.problems());
            throw refusal;
        } catch (ResolverException e) {
            log.warn("The template of {} cannot be used", kind, e);
            String tags = tags(e);
            throw tags.isEmpty() ? broken(kind) : refused(kind, "refusal.document.template-blocks", tags);
        } catch (IOException | RuntimeException e) {
            // Whatever is wrong with a file that somebody else made, it is the file.
            log.warn("The template of {} cannot be used", kind, e);
            throw broken(kind);
        }
    }

    /** Whether the folder has a template of the kind, which counts where none was put in force by an administrator. */
    boolean isInFolder(DocumentKind kind) {
        return Files.exists(folder.resolve(kind.template()));
    }

    /** The folder's template. */
    byte[] ofFolder(DocumentKind kind) {
        Path file = folder.resolve(kind.template());
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw refused(kind, "refusal.document.template-large", LARGEST_FILE_BYTES / 1024 / 1024);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            log.warn("Template {} cannot be read", file, e);
            throw broken(kind);
        }
    }

    /** The template that comes with the product. */
    static byte[] shipped(DocumentKind kind) {
        try (InputStream template = Templates.class.getResourceAsStream(SHIPPED + kind.template())) {
            return template.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] fillShipped(DocumentKind kind, Record content) {
        try {
            return fill(shipped(kind), kind, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] fill(byte[] file, DocumentKind kind, Record content) throws IOException {
        Placeholders placeholders = kind.placeholders();
        try (XWPFTemplate template =
                XWPFTemplate.compile(new ByteArrayInputStream(file), configuration(placeholders))) {
            List<String> unknown = new TemplateCheck(placeholders).unknownIn(template);
            if (!unknown.isEmpty()) {
                throw refused(kind, "refusal.document.template-unknown", String.join(" ", unknown));
            }
            template.render(Placeholders.values(content));
            ByteArrayOutputStream filled = new ByteArrayOutputStream();
            template.write(filled);
            return filled.toByteArray();
        }
    }

    private static Configure configuration(Placeholders placeholders) {
        ConfigureBuilder builder = Configure.builder();
        placeholders.lists().keySet().forEach(list -> builder.bind(list, new LoopRowTableRenderPolicy()));
        return builder.build();
    }

    /** The sizes that a zip names are not to be trusted: every entry is inflated once, counted and thrown away. */
    private static void requireSafeSize(byte[] template, DocumentKind kind) throws IOException {
        byte[] buffer = new byte[65_536];
        long inflated = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(template))) {
            while (zip.getNextEntry() != null) {
                for (int length = zip.read(buffer); length >= 0; length = zip.read(buffer)) {
                    inflated += length;
                    if (inflated > LARGEST_INFLATED_BYTES) {
                        throw refused(kind, "refusal.document.template-large", LARGEST_INFLATED_BYTES / 1024 / 1024);
                    }
                }
            }
        }
    }

    /** The tags that poi-tl names in its words. */
    private static String tags(ResolverException e) {
        return TAG.matcher(String.valueOf(e.getMessage()))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static RefusedException broken(DocumentKind kind) {
        return refused(kind, "refusal.document.template-broken", "");
    }

    private static RefusedException refused(DocumentKind kind, String code, Object why) {
        return RefusedException.conflict(code, kind.template(), why);
    }
}
