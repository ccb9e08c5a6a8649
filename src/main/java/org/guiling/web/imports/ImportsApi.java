package org.guiling.web.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.ledger.imports.ImportChoices;
import org.guiling.ledger.imports.ImportDifference;
import org.guiling.ledger.imports.ImportMode;
import org.guiling.ledger.imports.ImportNotice;
import org.guiling.ledger.imports.ImportProblem;
import org.guiling.ledger.imports.ImportProfiles;
import org.guiling.ledger.imports.ImportReport;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.ledger.imports.UnknownUnit;
import org.guiling.ledger.value.UnitAliases;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.PageSize;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Whole ledgers in. */
@RestController
@RequestMapping("/api/imports")
@Tag(name = "imports", description = "Whole ledgers in: xlsx, xls, et, csv, txt")
class ImportsApi {

    private static final Map<String, ImportMode> MODES =
            Map.of("all-or-nothing", ImportMode.ALL_OR_NOTHING, "valid-rows", ImportMode.VALID_ROWS);
    private static final List<String> NO_DEFAULTS = List.of(
            "profile",
            "dryRun",
            "mode",
            "hiddenRows",
            "similarRows",
            "differences",
            "problemsFrom",
            "noticesFrom",
            "limit",
            "_csrf");
    private static final Map<String, Boolean> ROWS = Map.of("read", false, "leave", true);
    private static final Map<String, Boolean> DIFFERENCES = Map.of("show", false, "take", true);
    private static final int MAX_AT_ONCE = 5000;

    private final Uploads uploads;
    private final ImportReviews reviews;
    private final UnitAliases aliases;
    private final CurrentPerson currentPerson;

    ImportsApi(Uploads uploads, ImportReviews reviews, UnitAliases aliases, CurrentPerson currentPerson) {
        this.uploads = uploads;
        this.reviews = reviews;
        this.aliases = aliases;
        this.currentPerson = currentPerson;
    }

    /**
     * The outcome of an import.
     *
     * @param similar rows that are like an item or an earlier row of the file
     * @param leftOut those of them that stay out, as {@code similarRows} says
     * @param problems those from {@code problemsFrom} on, {@code limit} at most, of {@code problemCount}
     * @param notices those from {@code noticesFrom} on, {@code limit} at most, of {@code noticeCount}
     * @param ignored columns and sheets that were not read, in words
     */
    record Report(
            Long batchId,
            String profile,
            int rows,
            int created,
            int duplicates,
            int changed,
            int closed,
            int similar,
            int leftOut,
            int rejected,
            int problemCount,
            List<ImportProblem> problems,
            int noticeCount,
            List<ImportNotice> notices,
            List<ImportDifference> differences,
            List<UnknownUnit> unknownUnits,
            List<String> ignoredColumns,
            List<String> ignored) {

        static Report of(ImportReport report, int problemsFrom, int noticesFrom, int limit) {
            return new Report(
                    report.batchId(),
                    report.profile(),
                    report.rows(),
                    report.created(),
                    report.duplicates(),
                    report.changed(),
                    report.closed(),
                    report.similar(),
                    report.leftOut(),
                    report.rejected(),
                    report.problemCount(),
                    part(report.problems(), problemsFrom, limit),
                    report.notices().size(),
                    part(report.notices(), noticesFrom, limit),
                    report.differences(),
                    report.unknownUnits(),
                    report.ignoredColumns(),
                    report.ignored());
        }

        private static <T> List<T> part(List<T> list, int from, int limit) {
            int first = Math.min(from, list.size());
            return list.subList(first, Math.min(list.size(), first + limit));
        }
    }

    /** @param total how many there are, as on the other pages */
    record Waiting(List<ImportReviews.Batch> imports, int total) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Import a ledger, or check it (dryRun)",
            description =
                    "Further parts are defaults, by field of the registration form; a part that is none is refused."
                            + " Without a profile it is recognised by the header. Every row that does not become an item is"
                            + " named by a problem or a notice; longer lists come in parts, with the same file as a dry run"
                            + " from another entry on. The answer's Location is where a reviewer accepts the whole import.")
    ResponseEntity<Report> run(
            @RequestPart MultipartFile file,
            @RequestParam(defaultValue = ImportProfiles.RECOGNISED) String profile,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "all-or-nothing") String mode,
            @RequestParam(defaultValue = "read") String hiddenRows,
            @RequestParam(defaultValue = "read") String similarRows,
            @RequestParam(defaultValue = "show") String differences,
            @RequestParam(defaultValue = "0") int problemsFrom,
            @RequestParam(defaultValue = "0") int noticesFrom,
            @RequestParam(defaultValue = "500") int limit,
            @RequestParam Map<String, String> parts) {
        requireRange("problemsFrom", problemsFrom, 0, Integer.MAX_VALUE);
        requireRange("noticesFrom", noticesFrom, 0, Integer.MAX_VALUE);
        requireRange("limit", limit, 1, MAX_AT_ONCE);
        Map<String, String> defaults = new HashMap<>(parts);
        NO_DEFAULTS.forEach(defaults::remove);
        ImportChoices choices = new ImportChoices(
                one("hiddenRows", hiddenRows, ROWS),
                one("differences", differences, DIFFERENCES),
                one("similarRows", similarRows, ROWS));
        ImportReport report = uploads.run(file, Uploads.settings(file, profile, defaults, choices), dryRun, mode(mode));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (report.batchId() != null) {
            answer.location(URI.create("/api/imports/" + report.batchId() + "/review"));
        }
        return answer.body(Report.of(report, problemsFrom, noticesFrom, limit));
    }

    record Names(List<UnitAliases.Alias> names, int total) {}

    record Name(String name, String unit) {}

    @GetMapping("/unit-names")
    @Operation(summary = "Former and short names of units that imports understand")
    Names unitNames(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        return new Names(aliases.all(PageSize.offset(offset), PageSize.of(limit)), aliases.count());
    }

    @PostMapping("/unit-names")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say which unit a name in lists means")
    void confirm(@RequestBody Name name) {
        aliases.confirm(name.name(), name.unit());
    }

    @DeleteMapping("/unit-names")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forget such a name")
    void forget(@RequestParam String name) {
        aliases.forget(name);
    }

    @GetMapping
    @Operation(summary = "Imports whose registration waits for review, the oldest first")
    Waiting waiting(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        Person person = currentPerson.get();
        if (!person.has(Role.REGISTRAR) && !person.has(Role.REVIEWER)) {
            throw RefusedException.forbidden("refusal.role.imports");
        }
        return new Waiting(reviews.waiting(PageSize.offset(offset), PageSize.of(limit)), reviews.countWaiting());
    }

    @PostMapping("/{id}/review")
    @Operation(summary = "Accept the registration of a whole import; what needs a closer look is left and named")
    ImportReviews.Review review(@PathVariable long id) {
        return reviews.review(id);
    }

    static ImportMode mode(String name) {
        return one("mode", name, MODES);
    }

    private static <T> T one(String part, String name, Map<String, T> values) {
        T value = values.get(name);
        if (value == null) {
            throw RefusedException.invalid(part, "problem.value", part);
        }
        return value;
    }

    private static void requireRange(String part, int value, int minimum, int maximum) {
        if (value < minimum || value > maximum) {
            throw RefusedException.invalid(part, "problem.range", part, minimum, maximum);
        }
    }
}
