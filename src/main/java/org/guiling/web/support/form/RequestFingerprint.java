package org.guiling.web.support.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.guiling.audit.Digests;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** SHA-256 of a request: its address and content, whatever a browser puts between the parts. */
public final class RequestFingerprint {

    private final MessageDigest digest = Digests.begin();

    public RequestFingerprint(HttpServletRequest request) {
        add(request.getMethod());
        add(request.getRequestURI());
        add(request.getQueryString());
    }

    private RequestFingerprint(String path) {
        add(path);
    }

    /** Of a form that is sent to a page; what is named with an underscore is the page's own. */
    static RequestFingerprint ofForm(String path, Map<String, List<String>> sent) {
        return new RequestFingerprint(path).with(sent);
    }

    public RequestFingerprint with(byte[] body) {
        add(body);
        return this;
    }

    public RequestFingerprint with(MultipartHttpServletRequest upload) {
        // Asked first: what cannot be received is said so as ever.
        MultiValueMap<String, MultipartFile> files = upload.getMultiFileMap();
        MultiValueMap<String, String> texts = new LinkedMultiValueMap<>();
        upload.getParameterMap().forEach((name, values) -> texts.put(name, List.of(values)));
        with(texts);
        new TreeMap<>(files)
                .forEach((name, several) -> several.forEach(file -> {
                    add(name);
                    add(file.getOriginalFilename());
                    add(contentOf(file));
                }));
        return this;
    }

    private RequestFingerprint with(Map<String, List<String>> texts) {
        new TreeMap<>(texts).forEach((name, values) -> {
            if (!name.startsWith("_")) {
                add(name);
                values.forEach(this::add);
            }
        });
        return this;
    }

    public byte[] digest() {
        return digest.digest();
    }

    private static byte[] contentOf(MultipartFile file) {
        MessageDigest content = Digests.begin();
        try (InputStream stream = new DigestInputStream(file.getInputStream(), content)) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.digest();
    }

    private void add(String text) {
        add(text == null ? new byte[0] : text.getBytes(UTF_8));
    }

    /** With its length, so that nothing moves from one part to the next. */
    private void add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
