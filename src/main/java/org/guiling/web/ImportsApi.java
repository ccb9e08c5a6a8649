package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.item.RefusedException;
import org.guiling.ledger.ImportMode;
import org.guiling.ledger.ImportProblem;
import org.guiling.ledger.ImportReport;
import org.guiling.ledger.Imports;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Whole ledgers in. */
@RestController
@RequestMapping("/api/imports")
@Tag(name = "imports", description = "Whole ledgers in, xlsx or csv")
class ImportsApi {

    private static final Map<String, ImportMode> MODES =
            Map.of("all-or-nothing", ImportMode.ALL_OR_NOTHING, "valid-rows", ImportMode.VALID_ROWS);
    private static final List<String> NO_DEFAULTS = List.of("profile", "dryRun", "mode", "_csrf");

    private final Uploads uploads;
    private final Imports imports;
    private final CurrentPerson currentPerson;

    ImportsApi(Uploads uploads, Imports imports, CurrentPerson currentPerson) {
        this.uploads = uploads;
        this.imports = imports;
        this.currentPerson = currentPerson;
    }

    record Report(int rows, int created, int duplicates, int rejected, List<ImportProblem> problems) {}

    record Waiting(List<Imports.Batch> imports) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Import a ledger, or check it (dryRun)",
            description = "Further parts are defaults, by field of the registration form."
                    + " The answer's Location is where a reviewer accepts the whole import.")
    ResponseEntity<Report> run(
            @RequestPart MultipartFile file,
            @RequestParam String profile,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "all-or-nothing") String mode,
            @RequestParam Map<String, String> parts) {
        Map<String, String> defaults = new HashMap<>(parts);
        NO_DEFAULTS.forEach(defaults::remove);
        ImportReport report = uploads.run(file, Uploads.settings(file, profile, defaults), dryRun, mode(mode));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (report.batchId() != null) {
            answer.location(URI.create("/api/imports/" + report.batchId() + "/review"));
        }
        return answer.body(
                new Report(report.rows(), report.created(), report.duplicates(), report.rejected(), report.problems()));
    }

    @GetMapping
    @Operation(summary = "Imports whose registration waits for review")
    Waiting waiting() {
        Person person = currentPerson.get();
        if (!person.has(Role.REGISTRAR) && !person.has(Role.REVIEWER)) {
            throw RefusedException.forbidden("refusal.role.imports");
        }
        return new Waiting(imports.waiting());
    }

    @PostMapping("/{id}/review")
    @Operation(summary = "Accept the registration of a whole import; what needs a closer look is left and named")
    Imports.Review review(@PathVariable long id) {
        return imports.review(id);
    }

    static ImportMode mode(String name) {
        ImportMode mode = MODES.get(name);
        if (mode == null) {
            throw RefusedException.invalid("mode", "problem.value", "mode");
        }
        return mode;
    }
}
