package org.guiling.web.supervision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.engine.service.SpotCheckProcesses;
import org.guiling.item.record.VerificationMethod;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Tier;
import org.guiling.spotcheck.SpotCheck;
import org.guiling.spotcheck.SpotCheckResult;
import org.guiling.spotcheck.SpotCheckScope;
import org.guiling.spotcheck.SpotCheckVisit;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.spotcheck.Stratum;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.form.FormBody;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Spot checks (随机抽查), for those who order them. A visit is completed as any task is. */
@RestController
@RequestMapping("/api/spot-checks")
@Tag(name = "spot checks", description = "Drawn by lot, replayable")
class SpotChecksApi {

    private final SpotCheckProcesses processes;
    private final SpotChecks spotChecks;
    private final CurrentPerson currentPerson;

    SpotChecksApi(SpotCheckProcesses processes, SpotChecks spotChecks, CurrentPerson currentPerson) {
        this.processes = processes;
        this.spotChecks = spotChecks;
        this.currentPerson = currentPerson;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ListedCheck(
            String checkNo,
            String title,
            SpotCheckScope scope,
            Tier tier,
            String category,
            LocalDate closedSince,
            String orderedBy,
            Instant orderedAt,
            int drawn,
            int reported) {

        static ListedCheck of(SpotCheck check) {
            return new ListedCheck(
                    check.checkNo(),
                    check.criteria().title(),
                    check.criteria().scope(),
                    check.criteria().tier(),
                    check.criteria().category(),
                    check.criteria().closedSince(),
                    check.orderedBy(),
                    check.orderedAt(),
                    check.drawn(),
                    check.reported());
        }
    }

    record CheckPage(List<ListedCheck> checks, int total) {}

    /**
     * One check with a page of each of its lists.
     *
     * @param frame how many items it was drawn from
     * @param unvisitable the items of the scope from which nothing was drawn, since not enough verifiers are free of them
     * @param visits of {@code check.drawn}
     * @param seed tickets are the SHA-256 of seed, blank and item number; the smallest of a stratum are drawn
     */
    record CheckDocument(
            ListedCheck check,
            String seed,
            Instant drawnAt,
            int frame,
            int unvisitableCount,
            List<String> unvisitable,
            int strataCount,
            List<Stratum> strata,
            Map<SpotCheckResult, Long> results,
            List<VisitDocument> visits) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VisitDocument(
            String itemNo,
            String inspector,
            List<String> excluded,
            SpotCheckResult result,
            List<String> visitors,
            LocalDate visitedOn,
            VerificationMethod method,
            Boolean falsified,
            List<String> discrepancies,
            String opinion,
            Instant recordedAt,
            List<String> findings) {

        static VisitDocument of(SpotCheckVisit visit) {
            return new VisitDocument(
                    visit.itemNo(),
                    visit.inspector(),
                    visit.excluded(),
                    visit.result(),
                    visit.visitors(),
                    visit.visitedOn(),
                    visit.method(),
                    visit.falsified(),
                    visit.discrepancies(),
                    visit.opinion(),
                    visit.recordedAt(),
                    visit.findings());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @FormBody("spot-check-order")
    @Operation(summary = "Order a spot check, which is drawn at once: title, scope, unitTier, category, closedSince")
    ResponseEntity<CheckDocument> order(@RequestBody Map<String, Object> fields) {
        String checkNo = processes.order(fields);
        return ResponseEntity.created(URI.create("/api/spot-checks/" + checkNo))
                .body(document(checkNo, 0, PageSize.LARGEST));
    }

    @GetMapping
    @Operation(summary = "The spot checks, the newest first")
    CheckPage list(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        SpotChecks.requireMayOrder(currentPerson.get());
        return new CheckPage(
                spotChecks.all(PageSize.offset(offset), PageSize.of(limit)).stream()
                        .map(ListedCheck::of)
                        .toList(),
                spotChecks.count());
    }

    @GetMapping("/{checkNo}")
    @Operation(
            summary = "One spot check: seed, strata, visits and what they found",
            description = "offset and limit say which lines of visits, strata and unvisitable.")
    CheckDocument get(
            @PathVariable String checkNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        SpotChecks.requireMayOrder(currentPerson.get());
        return document(checkNo, PageSize.offset(offset), PageSize.of(limit));
    }

    private CheckDocument document(String checkNo, int offset, int limit) {
        SpotCheck check = spotChecks.get(checkNo);
        return new CheckDocument(
                ListedCheck.of(check),
                check.seed(),
                check.drawnAt(),
                spotChecks.countFrame(check),
                spotChecks.countUnvisitable(check),
                spotChecks.unvisitable(check, offset, limit),
                spotChecks.countStrata(check),
                spotChecks.strata(check, offset, limit),
                spotChecks.results(check),
                spotChecks.visits(check, offset, limit).stream()
                        .map(VisitDocument::of)
                        .toList());
    }

    @GetMapping("/{checkNo}/replay")
    @Operation(
            summary = "Draw again from the frame and the seed that were kept",
            description = "identical is whether the same items come out.")
    SpotChecks.Replay replay(@PathVariable String checkNo) {
        SpotChecks.requireMayOrder(currentPerson.get());
        return spotChecks.replay(checkNo);
    }
}
