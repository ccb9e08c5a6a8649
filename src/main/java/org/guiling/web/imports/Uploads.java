package org.guiling.web.imports;

import java.nio.file.Path;
import java.util.Map;
import org.guiling.ledger.imports.ImportChoices;
import org.guiling.ledger.imports.ImportMode;
import org.guiling.ledger.imports.ImportProgress;
import org.guiling.ledger.imports.ImportReport;
import org.guiling.ledger.imports.ImportRequest;
import org.guiling.ledger.imports.Imports;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.HeldUploads;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Brings uploaded files to the import; page and {@code /api} come through here. */
@Component
public class Uploads {

    private final HeldUploads held;
    private final Imports imports;

    Uploads(HeldUploads held, Imports imports) {
        this.held = held;
        this.imports = imports;
    }

    /**
     * The settings with which a file is read.
     *
     * @param fileName the name that it had where it came from
     * @param defaults by field of the registration form
     */
    public record Settings(String fileName, String profile, Map<String, String> defaults, ImportChoices choices) {

        Settings with(ImportChoices others) {
            return new Settings(fileName, profile, defaults, others);
        }
    }

    /** A file that was checked and may be imported with its token. */
    record Checked(String token, Settings settings, ImportReport report) {

        Checked choosing(boolean takeOver, boolean leaveSimilar) {
            ImportChoices choices = new ImportChoices(settings.choices().leaveHidden(), takeOver, leaveSimilar);
            return new Checked(token, settings.with(choices), report);
        }
    }

    static Settings settings(MultipartFile file, String profile, Map<String, String> defaults, ImportChoices choices) {
        return new Settings(HeldUploads.name(file), profile, defaults, choices);
    }

    /** Keeps a file to be checked. @return its token @throws RefusedException when it is empty */
    String hold(MultipartFile file) {
        return held.hold(file);
    }

    /** Checks a file that is kept; one that cannot be read is not kept any longer. */
    Checked check(String token, Settings settings, ImportProgress progress) {
        try {
            return new Checked(
                    token, settings, run(held.get(token), settings, true, ImportMode.ALL_OR_NOTHING, progress));
        } catch (RuntimeException refused) {
            held.drop(token);
            throw refused;
        }
    }

    /**
     * Imports a file that was checked before; it is gone afterwards.
     *
     * @throws RefusedException also when its time is over
     */
    ImportReport run(Checked checked, ImportMode mode, ImportProgress progress) {
        try {
            return run(held.get(checked.token()), checked.settings(), false, mode, progress);
        } finally {
            held.drop(checked.token());
        }
    }

    ImportReport run(MultipartFile file, Settings settings, boolean dryRun, ImportMode mode) {
        String token = held.hold(file);
        try {
            return run(held.get(token), settings, dryRun, mode, ImportProgress.UNHEARD);
        } finally {
            held.drop(token);
        }
    }

    /** Forgets a file that is not to be imported. */
    void drop(String token) {
        held.drop(token);
    }

    private ImportReport run(Path file, Settings settings, boolean dryRun, ImportMode mode, ImportProgress progress) {
        return imports.run(
                new ImportRequest(
                        settings.fileName(),
                        file,
                        settings.profile(),
                        settings.defaults(),
                        dryRun,
                        mode,
                        settings.choices()),
                progress);
    }
}
