package org.guiling.web.imports;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.ledger.imports.ImportReviews.ReviewList;
import org.guiling.ledger.imports.ImportReviews.ReviewRow;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Problems;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The review of a whole import: a look at what it would accept, a confirmation, and what came of each item. */
@Controller
@RequestMapping("/imports")
public class BatchReviewPages {

    private static final int PAGE = 50;
    private static final String START = "redirect:/imports";
    private static final String PROGRESS = "/imports/review-progress";

    private final ImportReviews reviews;
    private final BatchReviews runs;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final Paging paging;

    BatchReviewPages(
            ImportReviews reviews,
            BatchReviews runs,
            Organization organization,
            CurrentPerson currentPerson,
            Problems problems,
            Paging paging) {
        this.reviews = reviews;
        this.runs = runs;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.paging = paging;
    }

    record Row(String itemNo, String title, String unit, String leftBecause) {}

    @GetMapping("/{id}/review")
    String look(
            @PathVariable long id, @RequestParam(defaultValue = "0") int page, Model model, RedirectAttributes next) {
        try {
            int shown = Math.max(0, Math.min(page, Integer.MAX_VALUE / PAGE));
            ReviewList list = reviews.toReview(id, shown, PAGE);
            model.addAttribute("id", id);
            model.addAttribute("total", list.total());
            model.addAttribute("rows", list.rows().stream().map(this::row).toList());
            model.addAttribute("page", shown);
            model.addAttribute("more", (shown + 1L) * PAGE < list.total());
            return "import-review";
        } catch (RefusedException refused) {
            return refused(refused, next);
        }
    }

    @PostMapping("/{id}/review")
    String review(
            @PathVariable long id, @RequestParam(defaultValue = "false") boolean confirmed, RedirectAttributes next) {
        try {
            ReviewList list = reviews.toReview(id, 0, 1);
            if (!confirmed) {
                next.addFlashAttribute("unconfirmed", true);
                return "redirect:/imports/" + id + "/review";
            }
            if (list.total() > 0) {
                runs.begin(currentPerson.get().id(), id);
            }
            return "redirect:" + PROGRESS;
        } catch (RefusedException refused) {
            return refused(refused, next);
        }
    }

    @GetMapping("/review-progress")
    String progress(
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean polled,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        BatchReviews.Run run = runs.of(currentPerson.get().id()).orElse(null);
        if (run == null) {
            return START;
        }
        if (run.isOver() && polled) {
            response.setHeader("HX-Redirect", request.getContextPath() + PROGRESS);
        }
        model.addAttribute("over", run.isOver());
        model.addAttribute("refusal", run.refusal());
        model.addAttribute("all", run.all());
        model.addAttribute("done", run.done());
        if (run.isOver()) {
            Map<Boolean, List<ReviewRow>> accepted =
                    run.rows().stream().collect(Collectors.partitioningBy(row -> row.leftBecause() == null));
            model.addAttribute("left", paging.of(accepted.get(false), "left").map(this::row));
            model.addAttribute(
                    "accepted", paging.of(accepted.get(true), "accepted").map(this::row));
        }
        return "import-review-progress";
    }

    private Row row(ReviewRow row) {
        return new Row(row.itemNo(), row.title(), organization.unitName(row.leadUnit()), row.leftBecause());
    }

    private String refused(RefusedException refused, RedirectAttributes next) {
        if (refused.kind() == RefusedException.Kind.FORBIDDEN && !mayReview()) {
            throw refused;
        }
        next.addFlashAttribute("refused", problems.text(refused));
        return START;
    }

    private boolean mayReview() {
        return currentPerson.get().has(Role.REVIEWER);
    }
}
