package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriUtils;

/** Files that a browser is to keep and not to show. */
public final class Downloads {

    public static final MediaType DOCX =
            MediaType.valueOf("application/vnd.openxmlformats-officedocument.wordprocessingml.document");

    private Downloads() {}

    /** The {@code Content-Disposition} of a file that the browser saves under this name. */
    public static String attachment(String name) {
        return disposition("attachment", name);
    }

    /** The {@code Content-Disposition} of a file that the browser may show, and saves under this name. */
    public static String inline(String name) {
        return disposition("inline", name);
    }

    /**
     * RFC 6266: {@code filename*} is for who knows it. {@code filename} has the same name as bytes of UTF-8, one for each
     * character of the header: {@code curl -OJ} and others write them as they come, and know neither {@code filename*} nor
     * RFC 2047.
     */
    private static String disposition(String type, String name) {
        String safe = name.replaceAll("[\\p{Cntrl}\"\\\\/]", "_");
        return type + "; filename=\"" + new String(safe.getBytes(UTF_8), ISO_8859_1) + "\"; filename*=UTF-8''"
                + UriUtils.encode(safe, UTF_8);
    }

    public static ResponseEntity<byte[]> of(MediaType type, String name, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(name))
                .body(content);
    }
}
