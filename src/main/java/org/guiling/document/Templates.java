package org.guiling.document;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.config.Configure;
import com.deepoove.poi.config.ConfigureBuilder;
import com.deepoove.poi.exception.ResolverException;
import com.deepoove.poi.plugin.table.LoopRowTableRenderPolicy;
import java.io.BufferedInputStream;
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
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.OfficeFiles;
import org.guiling.limits.LimitedXml;
import org.guiling.limits.XmlLimitException;
import org.guiling.limits.XmlLimitException.Limit;
import org.guiling.refusal.RefusedException;
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
    /** All parts together: as objects of POI they are tens of times as large. */
    private static final int LARGEST_XML_BYTES = 10 * 1024 * 1024;

    private static final int HEAD_BYTES = 8192;
    private static final Pattern XML_NAME = Pattern.compile("(?i)\\.(xml|rels|vml)$");
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
        Optional<byte[]> own = own(kind);
        return own.isPresent() ? fillOwn(own.get(), kind, content) : fillShipped(kind, content);
    }

    /** The file that is filled. */
    byte[] inForce(DocumentKind kind) {
        return own(kind).orElseGet(() -> shipped(kind));
    }

    private Optional<byte[]> own(DocumentKind kind) {
        return officeFiles
                .content(OfficeFileKind.DOCUMENT_TEMPLATE, kind.id())
                .or(() -> isInFolder(kind) ? Optional.of(ofFolder(kind)) : Optional.empty());
    }

    /** Fills a template that is not, or not yet, in use. */
    byte[] fillOwn(byte[] template, DocumentKind kind, Record content) {
        try {
            if (template.length > LARGEST_FILE_BYTES) {
                throw refused(kind, "refusal.document.template-large", LARGEST_FILE_BYTES / 1024 / 1024);
            }
            requireSafeParts(template, kind);
            return fill(template, kind, content);
        } catch (RefusedException refusal) {
            log.warn("The template of {} cannot be used: {}", kind, refusal.problems());
            throw refusal;
        } catch (ResolverException e) {
            log.warn("The template of {} cannot be used", kind, e);
            String tags = tags(e);
            throw tags.isEmpty() ? broken(kind) : refused(kind, "refusal.document.template-blocks", tags);
        } catch (XmlLimitException e) {
            log.warn("The template of {} cannot be used", kind, e);
            throw e.limit() == Limit.ENCODING ? broken(kind) : refused(kind, "refusal.document.template-xml", "");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // poi-tl's patterns go as deep as a tag is long, and nothing of its is left when that was too deep.
            // Whatever is wrong with a file that somebody else made, it is the file.
            log.warn("The template of {} cannot be used", kind, e);
            throw broken(kind);
        }
    }

    /** True where the folder has a template of the kind, which counts where none was put in force by an administrator. */
    boolean isInFolder(DocumentKind kind) {
        return Files.exists(folder.resolve(kind.template()));
    }

    private byte[] ofFolder(DocumentKind kind) {
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

    /**
     * The sizes that a zip names are not to be trusted: every entry is inflated once, counted and thrown away, by the
     * class that POI reads it with, so that both see the same entries.
     */
    private static void requireSafeParts(byte[] template, DocumentKind kind) throws IOException {
        long inflated = 0;
        long xml = 0;
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(new ByteArrayInputStream(template))) {
            for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                BufferedInputStream content = new BufferedInputStream(zip, HEAD_BYTES);
                boolean isXml = isXml(entry.getName(), content);
                long length = length(isXml ? new LimitedXml(content) : content, LARGEST_INFLATED_BYTES - inflated);
                inflated += length;
                xml += isXml ? length : 0;
                if (inflated > LARGEST_INFLATED_BYTES || xml > LARGEST_XML_BYTES) {
                    int largest = inflated > LARGEST_INFLATED_BYTES ? LARGEST_INFLATED_BYTES : LARGEST_XML_BYTES;
                    throw refused(kind, "refusal.document.template-large", largest / 1024 / 1024);
                }
            }
        }
    }

    /** By its name or by its beginning: the package says which part is what, and its author may have called it anything. */
    private static boolean isXml(String name, BufferedInputStream content) throws IOException {
        content.mark(HEAD_BYTES);
        byte[] head = content.readNBytes(HEAD_BYTES);
        content.reset();
        return XML_NAME.matcher(name).find() || LimitedXml.isIn(head, head.length);
    }

    /** No more than tells that it is too long. */
    private static long length(InputStream content, long longest) throws IOException {
        byte[] buffer = new byte[65_536];
        long length = 0;
        for (int read = content.read(buffer); read >= 0 && length <= longest; read = content.read(buffer)) {
            length += read;
        }
        return length;
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
