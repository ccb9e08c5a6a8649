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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.guiling.item.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fills templates: the office's own where its folder has one of the name, else those that are shipped. A template is read
 * and checked each time, so that a new one counts at once. What people wrote goes in as plain text: tags in it are text.
 */
@Component
class Templates {

    private static final Logger log = LoggerFactory.getLogger(Templates.class);

    private static final String SHIPPED = "/documents/";
    private static final int LARGEST_FILE_BYTES = 5 * 1024 * 1024;
    private static final int LARGEST_INFLATED_BYTES = 50 * 1024 * 1024;
    private static final Pattern TAG = Pattern.compile("\\{\\{[^{}]*}}");

    private final Path folder;

    Templates(DocumentProperties properties) {
        this.folder = properties.templates();
    }

    /**
     * The filled document.
     *
     * @throws RefusedException when the office's template cannot be used; the message says why
     */
    byte[] fill(DocumentKind kind, Record content) {
        Path own = folder.resolve(kind.template());
        return Files.exists(own) ? fillOwn(own, kind, content) : fillShipped(kind, content);
    }

    private byte[] fillOwn(Path file, DocumentKind kind, Record content) {
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw refused(kind, "refusal.document.template-large", LARGEST_FILE_BYTES / 1024 / 1024);
            }
            byte[] template = Files.readAllBytes(file);
            requireSafeSize(template, kind);
            return fill(template, kind, content);
        } catch (RefusedException refusal) {
            log.warn("Template {} cannot be used: {}", file, refusal.problems());
            throw refusal;
        } catch (ResolverException e) {
            log.warn("Template {} cannot be used", file, e);
            String tags = tags(e);
            throw tags.isEmpty() ? broken(kind) : refused(kind, "refusal.document.template-blocks", tags);
        } catch (IOException | RuntimeException e) {
            // Whatever is wrong with a file that somebody else made, it is the file.
            log.warn("Template {} cannot be used", file, e);
            throw broken(kind);
        }
    }

    private static byte[] fillShipped(DocumentKind kind, Record content) {
        try (InputStream template = Templates.class.getResourceAsStream(SHIPPED + kind.template())) {
            return fill(template.readAllBytes(), kind, content);
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
