package org.guiling.web.board;

import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The to-zero board (归零看板). */
@Controller
public class BoardPages {

    private final VisibleItems items;
    private final BoardOverview overview;
    private final BoardStuck stuck;
    private final BoardChoices choices;

    BoardPages(VisibleItems items, BoardOverview overview, BoardStuck stuck, BoardChoices choices) {
        this.items = items;
        this.overview = overview;
        this.stuck = stuck;
        this.choices = choices;
    }

    @GetMapping("/board")
    String board(@ModelAttribute("filter") BoardFilter asked, Model model) {
        BoardFilter filter = asked.of(null);
        DataScope scope = items.scope();
        overview.addTo(model, scope, filter);
        model.addAttribute("ofTheCity", items.areOfTheCity());
        model.addAttribute("stuck", stuck.of(scope, filter));
        choices.addTo(model, scope, filter);
        return "board";
    }
}
