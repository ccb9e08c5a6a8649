package org.guiling.web.item;

import org.guiling.engine.service.ProcessPath;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The path that an item took through the five steps, drawn in the model. */
@Controller
public class ItemPathPages {

    private final ProcessPath processPath;

    ItemPathPages(ProcessPath processPath) {
        this.processPath = processPath;
    }

    @GetMapping("/items/{itemNo}/path")
    String path(@PathVariable String itemNo, Model model) {
        model.addAttribute("diagram", processPath.of(itemNo).orElse(null));
        return "item-path";
    }
}
