package org.guiling.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.inspection.SpotCheck;
import org.guiling.inspection.SpotCheckResult;
import org.guiling.inspection.SpotCheckScope;
import org.guiling.inspection.SpotCheckVisit;
import org.guiling.inspection.SpotChecks;
import org.guiling.inspection.Stratum;
import org.guiling.item.VerificationMethod;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Tier;
import org.guiling.process.SpotCheckProcesses;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
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

    /**
     * @param unvisitable the items of the scope from which nothing was drawn, since not enough verifiers are free of them
     * @param seed tickets are the SHA-256 of seed, blank and item number; the smallest of a stratum are drawn
     */
    record CheckDocument(
            ListedCheck check,
            String seed,
            Instant drawnAt,
            int frame,
            List<String> unvisitable,
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
        return ResponseEntity.created(URI.create("/api/spot-checks/" + checkNo)).body(get(checkNo));
    }

    @GetMapping
    @Operation(summary = "All spot checks, the newest first")
    List<ListedCheck> list() {
        SpotChecks.requireMayOrder(currentPerson.get());
        return spotChecks.all().stream().map(ListedCheck::of).toList();
    }

    @GetMapping("/{checkNo}")
    @Operation(summary = "One spot check: seed, strata, visits and what they found")
    CheckDocument get(@PathVariable String checkNo) {
        SpotChecks.requireMayOrder(currentPerson.get());
        SpotCheck check = spotChecks.get(checkNo);
        List<SpotCheckVisit> visits = spotChecks.visits(check);
        return new CheckDocument(
                ListedCheck.of(check),
                check.seed(),
                check.drawnAt(),
                spotChecks.frame(check).size(),
                spotChecks.unvisitable(check),
                spotChecks.strata(check),
                visits.stream()
                        .filter(visit -> visit.result() != null)
                        .collect(Collectors.groupingBy(SpotCheckVisit::result, Collectors.counting())),
                visits.stream().map(VisitDocument::of).toList());
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
