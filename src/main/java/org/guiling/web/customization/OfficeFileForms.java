package org.guiling.web.customization;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.OfficeFiles;
import org.guiling.customization.ReplaceableFiles;
import org.guiling.customization.ReplaceableFiles.Difference;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.CheckedFiles;
import org.guiling.web.support.CheckedFiles.Checked;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Problems;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Steps that the pages of all kinds of files have in common. An upload is checked, waits, and is put in force when it is
 * confirmed: one of each kind in a session, which alone knows the token. The next page tells why a step was refused.
 */
@Component
class OfficeFileForms {

    private final OfficeFiles officeFiles;
    private final CheckedFiles checkedFiles;
    private final Problems problems;

    OfficeFileForms(OfficeFiles officeFiles, CheckedFiles checkedFiles, Problems problems) {
        this.officeFiles = officeFiles;
        this.checkedFiles = checkedFiles;
        this.problems = problems;
    }

    /** Runs a change; false where it was refused. */
    boolean attempt(RedirectAttributes next, Runnable change) {
        try {
            change.run();
            return true;
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return false;
        }
    }

    /** The file in force, or one of the office's versions. */
    ResponseEntity<byte[]> file(ReplaceableFiles<?, ?, ?> files, String name, Integer version) {
        return version == null
                ? download(files.kind(), name, files.file(name))
                : download(files.kind(), name + "-" + version, files.file(name, version));
    }

    /** One of the office's versions. */
    ResponseEntity<byte[]> file(OfficeFileKind kind, String name, int version) {
        return download(kind, name + "-" + version, officeFiles.file(kind, name, version));
    }

    private static ResponseEntity<byte[]> download(OfficeFileKind kind, String name, byte[] content) {
        return Downloads.of(MediaType.valueOf(kind.mediaType()), name + "." + kind.extension(), content);
    }

    /** False where the upload is refused; it waits otherwise. */
    boolean check(
            ReplaceableFiles<?, ?, ?> files,
            String name,
            MultipartFile file,
            HttpSession session,
            RedirectAttributes next) {
        return attempt(next, () -> check(files, name, checkedFiles.content(file), session));
    }

    /** Keeps what is checked; one of before is gone. */
    void check(ReplaceableFiles<?, ?, ?> files, String name, byte[] content, HttpSession session) {
        checkedFiles.drop(session, page(files));
        checkedFiles.keep(session, page(files), name, content, files.check(name, content));
    }

    /** Adds what waits to a page; false where nothing does. */
    boolean show(ReplaceableFiles<?, ?, ?> files, String name, HttpSession session, Model model) {
        Optional<Checked<Difference<?>>> waiting = checkedFiles.find(session, page(files), name);
        waiting.ifPresent(checked -> {
            model.addAttribute("token", checked.token());
            model.addAttribute("difference", checked.result());
        });
        return waiting.isPresent();
    }

    /**
     * The content that waits, which goes on waiting.
     *
     * @throws RefusedException when it was used or its time is over
     */
    byte[] waiting(ReplaceableFiles<?, ?, ?> files, String name, HttpSession session) {
        return checkedFiles.read(session, page(files), name);
    }

    /** Puts in force what waits; the name of the file that it replaces, empty where it is refused. */
    Optional<String> replace(
            ReplaceableFiles<?, ?, ?> files, String name, String token, HttpSession session, RedirectAttributes next) {
        Optional<Checked<Difference<?>>> waiting = checkedFiles.find(session, page(files), name);
        boolean done = attempt(next, () -> {
            Difference<?> difference = waiting.orElseThrow(HeldUploads::over).result();
            byte[] content = checkedFiles.take(session, page(files), name, token);
            files.replace(name, content, difference.expectedVersion());
            next.addFlashAttribute("done", true);
        });
        return waiting.filter(checked -> done).map(checked -> checked.result().name());
    }

    void restore(ReplaceableFiles<?, ?, ?> files, String name, int expectedVersion, RedirectAttributes next) {
        attempt(next, () -> {
            files.restore(name, expectedVersion);
            next.addFlashAttribute("restored", true);
        });
    }

    private static String page(ReplaceableFiles<?, ?, ?> files) {
        return files.kind().name();
    }
}
