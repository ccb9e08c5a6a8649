package org.guiling.web.board;

import java.util.List;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.Board;
import org.guiling.organization.UnitOrder;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The options of the filters of the board and of its figures. */
@Component
class BoardChoices {

    private final Board board;
    private final UnitOrder unitOrder;
    private final CodeLists codeLists;
    private final Texts texts;

    BoardChoices(Board board, UnitOrder unitOrder, CodeLists codeLists, Texts texts) {
        this.board = board;
        this.unitOrder = unitOrder;
        this.codeLists = codeLists;
        this.texts = texts;
    }

    /** One value to choose from. */
    record Choice(String value, String label, boolean chosen) {}

    /** Units, campaigns that items of the scope belong to, and sources. */
    void addTo(Model model, DataScope scope, BoardFilter filter) {
        model.addAttribute("units", units(filter.unit()));
        model.addAttribute(
                "campaigns",
                board.campaigns(scope).stream()
                        .map(code -> new Choice(code, code, code.equals(filter.campaign())))
                        .toList());
        model.addAttribute(
                "sourceTypes",
                codeLists.known(CodeList.SOURCE_TYPE).stream()
                        .map(type -> new Choice(
                                type.code(),
                                texts.label(CodeList.SOURCE_TYPE.kind(), type.code()),
                                filter.sourceType() != null
                                        && type.code()
                                                .equals(filter.sourceType().name())))
                        .toList());
    }

    /** Further in the further below. */
    private List<Choice> units(String chosen) {
        return unitOrder.places().stream()
                .filter(place -> place.unit().isOpen())
                .map(place -> new Choice(
                        place.unit().code(),
                        "　".repeat(place.depth()) + place.unit().name(),
                        place.unit().code().equals(chosen)))
                .toList();
    }
}
