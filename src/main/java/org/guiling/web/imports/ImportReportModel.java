package org.guiling.web.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.ledger.imports.ImportNotice;
import org.guiling.ledger.imports.ImportProblem;
import org.guiling.ledger.imports.ImportReport;
import org.springframework.ui.Model;

/** Prepares a report for the pages: long lists page by page, and many problems by kind as well. */
final class ImportReportModel {

    private static final int AT_ONCE = 100;
    private static final int PROBLEMS_AT_A_GLANCE = 20;

    private ImportReportModel() {}

    /** Rows that are wrong in the same way. */
    record ProblemKind(String field, String message) {}

    /**
     * A part of a long list.
     *
     * @param page 0 for the first
     * @param first 1 for the first entry of the list
     */
    record Part<T>(List<T> entries, int page, int first, int last, int all) {

        static <T> Part<T> of(List<T> list, int wanted) {
            int page = Math.max(0, Math.min(wanted, (list.size() - 1) / AT_ONCE));
            int first = page * AT_ONCE;
            int last = Math.min(first + AT_ONCE, list.size());
            return new Part<>(list.subList(first, last), page, first + 1, last, list.size());
        }

        public boolean hasPrevious() {
            return page > 0;
        }

        public boolean hasNext() {
            return last < all;
        }

        public boolean isLong() {
            return all > AT_ONCE;
        }
    }

    /** @param path of the page, to turn its pages with */
    static void add(Model model, ImportReport report, String path, int problemPage, int noticePage) {
        List<ImportProblem> problems = report.problems();
        model.addAttribute("report", report);
        model.addAttribute("path", path);
        model.addAttribute("problems", Part.of(problems, problemPage));
        model.addAttribute("notices", Part.of(report.notices(), noticePage));
        model.addAttribute(
                "hiddenRows",
                report.notices().stream()
                        .filter(notice -> notice.kind() == ImportNotice.Kind.HIDDEN)
                        .count());
        Map<ProblemKind, Long> kinds = problems.stream()
                .collect(Collectors.groupingBy(
                        problem -> new ProblemKind(problem.field(), problem.message()),
                        LinkedHashMap::new,
                        Collectors.counting()));
        boolean worthIt = problems.size() > PROBLEMS_AT_A_GLANCE && kinds.size() < problems.size();
        model.addAttribute("problemKinds", worthIt ? kinds : Map.of());
    }
}
