package org.guiling.document;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.template.BlockTemplate;
import com.deepoove.poi.template.ElementTemplate;
import com.deepoove.poi.template.MetaTemplate;
import com.deepoove.poi.template.run.RunTemplate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;

/** Finds what a template names and the record does not have, so that a slip of the pen is told and not printed empty. */
final class TemplateCheck {

    private static final char NO_SIGN = 0;
    private static final int LONGEST_NAME = 100;
    private static final Pattern TAG = Pattern.compile("\\{\\{([^{}]*)}}");
    /** A field of a table's row; other brackets are text. */
    private static final Pattern ROW_TAG = Pattern.compile("\\[(\\w+)]");

    private final Placeholders placeholders;
    private final Set<String> unknown = new LinkedHashSet<>();

    TemplateCheck(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    /** As they stand in the template; empty when it can be filled. */
    List<String> unknownIn(XWPFTemplate template) {
        template.getElementTemplates().forEach(tag -> check(tag, placeholders.texts()));
        bodies(template.getXWPFDocument()).flatMap(TemplateCheck::paragraphs).forEach(this::checkWhatIsNoTag);
        return List.copyOf(unknown);
    }

    private void check(MetaTemplate tag, Set<String> known) {
        if (tag instanceof BlockTemplate block) {
            Set<String> row = placeholders.lists().get(block.getStartMark().getTagName());
            if (row == null) {
                unknown.add(block.variable());
            } else {
                block.getTemplates().forEach(inner -> checkWithin(inner, row));
            }
        } else if (tag instanceof RunTemplate run && placeholders.lists().containsKey(run.getTagName())) {
            checkRow(run, placeholders.lists().get(run.getTagName()));
        } else if (tag instanceof ElementTemplate element && !isKnownText(element, known)) {
            unknown.add(element.getSource());
        }
    }

    /** Lists have no lists in their rows: a loop in a loop would only multiply, three thousand of them without an end. */
    private void checkWithin(MetaTemplate inner, Set<String> row) {
        if (inner instanceof BlockTemplate loop) {
            unknown.add(loop.variable());
        } else {
            check(inner, row);
        }
    }

    /** Pictures, tables and other documents are none of ours: {@code {{@x}}}, {@code {{#x}}}, {@code {{+x}}}. */
    private static boolean isKnownText(ElementTemplate tag, Set<String> known) {
        return tag.getSign() != null && tag.getSign() == NO_SIGN && known.contains(tag.getTagName());
    }

    private void checkRow(RunTemplate list, Set<String> fields) {
        if (!(list.getRun().getParent() instanceof XWPFParagraph paragraph)
                || !(paragraph.getBody() instanceof XWPFTableCell cell)) {
            unknown.add(list.getSource());
            return;
        }
        XWPFTable table = cell.getTableRow().getTable();
        XWPFTableRow row = table.getRow(table.getRows().indexOf(cell.getTableRow()) + 1);
        if (row == null) {
            unknown.add(list.getSource());
            return;
        }
        Matcher tags = ROW_TAG.matcher(String.join(
                "\n", row.getTableCells().stream().map(XWPFTableCell::getText).toList()));
        while (tags.find()) {
            if (!fields.contains(tags.group(1))) {
                unknown.add(tags.group());
            }
        }
    }

    /** {@code {{item title}}} is not even a tag to poi-tl, and would be printed. */
    private void checkWhatIsNoTag(XWPFParagraph paragraph) {
        Matcher tags = TAG.matcher(paragraph.getText());
        while (tags.find()) {
            String name = tags.group(1).strip();
            boolean isTag = name.length() <= LONGEST_NAME
                    && name.matches("[?/@#+*>]?[\\w\\u4e00-\\u9fa5]*(\\.[\\w\\u4e00-\\u9fa5]+)*");
            if (!isTag) {
                unknown.add(shown(tags.group()));
            }
        }
    }

    private static String shown(String tag) {
        return tag.length() <= LONGEST_NAME ? tag : tag.substring(0, LONGEST_NAME) + "…";
    }

    private static Stream<IBody> bodies(XWPFDocument document) {
        return Stream.of(
                        Stream.of((IBody) document),
                        document.getHeaderList().stream(),
                        document.getFooterList().stream())
                .flatMap(bodies -> bodies);
    }

    private static Stream<XWPFParagraph> paragraphs(IBody body) {
        return Stream.concat(
                body.getParagraphs().stream(),
                body.getTables().stream()
                        .flatMap(table -> table.getRows().stream())
                        .flatMap(row -> row.getTableCells().stream())
                        .flatMap(TemplateCheck::paragraphs));
    }
}
