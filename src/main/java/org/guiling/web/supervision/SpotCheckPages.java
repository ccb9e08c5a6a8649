package org.guiling.web.supervision;

import java.util.List;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.spotcheck.SpotCheck;
import org.guiling.spotcheck.SpotCheckVisit;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.spotcheck.Stratum;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Spot checks (随机抽查) in the portal, for those who order them: what was drawn, who goes, what they found. */
@Controller
@RequestMapping("/spot-checks")
public class SpotCheckPages {

    private final SpotChecks spotChecks;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Paging paging;
    private final Texts texts;

    SpotCheckPages(
            SpotChecks spotChecks, Organization organization, CurrentPerson currentPerson, Paging paging, Texts texts) {
        this.spotChecks = spotChecks;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.paging = paging;
        this.texts = texts;
    }

    record Line(
            String checkNo, String title, String from, String orderedBy, String orderedAt, int drawn, int reported) {}

    record StratumLine(String unit, String level, int rate, int size, int drawn) {}

    /**
     * One visit.
     *
     * @param result in words; that it is still to be made, before the visit
     * @param day null before the visit
     * @param who who goes or went, in words
     */
    record Visit(
            String itemNo,
            String unit,
            String level,
            String result,
            String day,
            String who,
            boolean falsified,
            List<String> discrepancies,
            String opinion,
            List<String> findings) {}

    @GetMapping
    String list(Model model) {
        SpotChecks.requireMayOrder(currentPerson.get());
        model.addAttribute(
                "checks",
                paging.read(spotChecks.count(), "page", (offset, limit) -> spotChecks.all(offset, limit).stream()
                        .map(this::line)
                        .toList()));
        return "spot-checks";
    }

    @GetMapping("/{checkNo}")
    String check(@PathVariable String checkNo, Model model) {
        SpotChecks.requireMayOrder(currentPerson.get());
        SpotCheck check = spotChecks.get(checkNo);
        model.addAttribute("check", line(check));
        model.addAttribute("seed", check.seed());
        model.addAttribute("drawnAt", check.drawnAt() == null ? null : texts.minute(check.drawnAt()));
        model.addAttribute("replay", spotChecks.replay(checkNo));
        model.addAttribute("unvisitable", spotChecks.countUnvisitable(check));
        model.addAttribute(
                "strata",
                paging.read(
                        spotChecks.countStrata(check),
                        "strata",
                        (offset, limit) -> spotChecks.strata(check, offset, limit).stream()
                                .map(this::stratum)
                                .toList()));
        model.addAttribute(
                "visits",
                paging.read(check.drawn(), "visits", (offset, limit) -> spotChecks.visits(check, offset, limit).stream()
                        .map(this::visit)
                        .toList()));
        return "spot-check";
    }

    private Line line(SpotCheck check) {
        return new Line(
                check.checkNo(),
                check.criteria().title(),
                from(check.criteria()),
                organization.personName(check.orderedBy()),
                texts.minute(check.orderedAt()),
                check.drawn(),
                check.reported());
    }

    /** Describes the items from which the check was ordered to draw. */
    private String from(SpotCheck.Criteria criteria) {
        StringBuilder from = new StringBuilder(texts.label(criteria.scope()));
        if (criteria.tier() != null) {
            from.append(" · ").append(texts.label(criteria.tier()));
        }
        if (criteria.category() != null) {
            from.append(" · ").append(texts.label("Category", criteria.category()));
        }
        if (criteria.closedSince() != null) {
            from.append(" · ")
                    .append(texts.get(
                            "spot-check.closed-since", criteria.closedSince().toString()));
        }
        return from.toString();
    }

    private StratumLine stratum(Stratum stratum) {
        return new StratumLine(
                organization.unitName(stratum.unit()),
                texts.label("Level", stratum.level()),
                stratum.rate(),
                stratum.size(),
                stratum.drawn());
    }

    private Visit visit(SpotCheckVisit visit) {
        return new Visit(
                visit.itemNo(),
                organization.unitName(visit.unit()),
                texts.label("Level", visit.level()),
                visit.result() == null ? texts.get("spot-check.to-visit") : texts.label(visit.result()),
                visit.visitedOn() == null ? null : visit.visitedOn().toString(),
                who(visit),
                Boolean.TRUE.equals(visit.falsified()),
                visit.discrepancies(),
                visit.opinion(),
                visit.findings());
    }

    private String who(SpotCheckVisit visit) {
        if (!visit.visitors().isEmpty()) {
            return String.join(
                    "、", visit.visitors().stream().map(organization::personName).toList());
        }
        return visit.inspector() == null
                ? texts.get("spot-check.nobody-drawn")
                : organization.personName(visit.inspector());
    }
}
