package org.guiling.web.support;

import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.WebUtils;

/**
 * Files of an administrator between their check and their confirmation: one for each kind of page in a session, which alone
 * knows the token.
 */
@Component
public class CheckedFiles {

    private final HeldUploads held;

    CheckedFiles(HeldUploads held) {
        this.held = held;
    }

    /**
     * A file that was checked.
     *
     * @param name what it is for: a table, a template, a profile
     * @param result what the check said
     */
    public record Checked<T>(String token, String name, T result) {}

    /** @throws RefusedException when the file is empty, or the scanner does not let it pass */
    public byte[] content(MultipartFile file) {
        try (InputStream content = held.content(file)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what was checked; one of before is gone. */
    public <T> void keep(HttpSession session, String page, String name, byte[] content, T result) {
        drop(session, page);
        try {
            String token = held.hold(new ByteArrayInputStream(content));
            session.setAttribute(page, new Checked<>(token, name, result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that waits for its confirmation under that name. */
    @SuppressWarnings("unchecked")
    public <T> Optional<Checked<T>> find(HttpSession session, String page, String name) {
        return Optional.ofNullable((Checked<T>) session.getAttribute(page))
                .filter(checked -> checked.name().equals(name));
    }

    /**
     * The content that waits, which goes on waiting.
     *
     * @throws RefusedException when it was used or its time is over
     */
    public byte[] read(HttpSession session, String page, String name) {
        try {
            return Files.readAllBytes(held.get(
                    find(session, page, name).orElseThrow(HeldUploads::over).token()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The content that waits, which then waits no more.
     *
     * @throws RefusedException when it was used, its time is over, or the token is another's
     */
    public byte[] take(HttpSession session, String page, String name, String token) {
        synchronized (WebUtils.getSessionMutex(session)) {
            Checked<?> checked = find(session, page, name)
                    .filter(found -> found.token().equals(token))
                    .orElseThrow(HeldUploads::over);
            session.removeAttribute(page);
            try {
                return Files.readAllBytes(held.get(checked.token()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                held.drop(checked.token());
            }
        }
    }

    public void drop(HttpSession session, String page) {
        synchronized (WebUtils.getSessionMutex(session)) {
            if (session.getAttribute(page) instanceof Checked<?> checked) {
                session.removeAttribute(page);
                held.drop(checked.token());
            }
        }
    }
}
