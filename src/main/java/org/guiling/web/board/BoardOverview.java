package org.guiling.web.board;

import org.guiling.item.access.DataScope;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The part that every board has: figures, course and queues of the items that it is about. */
@Component
class BoardOverview {

    private final BoardFigures figures;
    private final BoardCourse course;
    private final BoardStuck stuck;
    private final OfficeClock clock;

    BoardOverview(BoardFigures figures, BoardCourse course, BoardStuck stuck, OfficeClock clock) {
        this.figures = figures;
        this.course = course;
        this.stuck = stuck;
        this.clock = clock;
    }

    void addTo(Model model, DataScope scope, BoardFilter filter) {
        BoardFigures.Standing standing = figures.of(scope, filter);
        model.addAttribute("today", clock.today());
        model.addAttribute("standing", standing);
        model.addAttribute("chart", course.of(scope, filter, standing.registeredSince(), standing.dueUntil()));
        model.addAttribute("queues", stuck.queues(scope, filter));
    }
}
