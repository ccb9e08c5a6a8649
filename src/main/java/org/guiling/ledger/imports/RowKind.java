package org.guiling.ledger.imports;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.value.Normal;

/** The kinds of rows below a header. Only a problem becomes an item; every other kind is reported with its row. */
enum RowKind {
    /** A problem, or what should be one. */
    PROBLEM,
    /** The header once more, as on every printed page. */
    HEADER,
    /** A number and nothing else: prepared for a problem that nobody wrote. */
    NUMBER,
    /** 合计 */
    TOTAL,
    /** 填表人：… */
    SIGNATURE,
    /** 说明：… */
    NOTE,
    /** 一、安全生产方面 */
    SECTION,
    /** Left out because the file does not show it. */
    HIDDEN;

    private static final Pattern TOTALS =
            Pattern.compile("^(合计|总计|小计|共计|总数|累计)([:：(（].*)?$|^(合计|共计|总计)共?\\d+[条项个件].*$");
    private static final Pattern SIGNATURES = Pattern.compile("^(填表|填报|制表|审核|审批|复核|报送|负责|经办|联系|单位负责|主要负责|分管领导|签字|签名|签发)"
            + "(人|单位|部门|日期|时间|电话|领导|责任人)?(\\(?(签字|签名|盖章|签章)\\)?)?[:：].*|^(单位|部门)?\\((盖章|公章|签章|签字)\\).*|^日期[:：].*");
    private static final Pattern NOTES =
            Pattern.compile("^(说明|备注|注|附注|注意|填表说明|填报说明|填写说明|备注说明)(\\d|[:：一(]).*|^\\(?(以下空白|此页无正文)\\)?$");
    private static final Pattern SECTIONS =
            Pattern.compile("^([一二三四五六七八九十]+[、.]|\\([一二三四五六七八九十]+\\)|第[一二三四五六七八九十]+[类部章节]).*");
    private static final int LONGEST_SECTION = 60;
    /** A list of fewer columns may well have rows with one filled cell. */
    private static final int COLUMNS_OF_A_TABLE = 3;

    /** @param factColumns where the problem stands that makes a row one */
    static RowKind of(Row row, HeaderRow header, List<Integer> factColumns) {
        if (header.isHeader(row)) {
            return HEADER;
        }
        List<Cell> filled = row.cells().stream().filter(Objects::nonNull).toList();
        String first = Normal.of(filled.get(0).text());
        if (TOTALS.matcher(first).matches()) {
            return TOTAL;
        }
        boolean problem = factColumns.stream().anyMatch(column -> row.cell(column) != null);
        boolean firstIsProblem = factColumns.stream().anyMatch(column -> row.cell(column) == filled.get(0));
        if (filled.size() > 1 && problem) {
            return !firstIsProblem && SIGNATURES.matcher(first).matches() ? SIGNATURE : PROBLEM;
        }
        if (SIGNATURES.matcher(first).matches()) {
            return SIGNATURE;
        }
        if (NOTES.matcher(first).matches()) {
            return NOTE;
        }
        if (filled.size() > 1) {
            return PROBLEM;
        }
        if (problem) {
            boolean section = header.mappedColumns() >= COLUMNS_OF_A_TABLE
                    && first.length() <= LONGEST_SECTION
                    && SECTIONS.matcher(first).matches();
            return section ? SECTION : PROBLEM;
        }
        return filled.get(0).kind() == Cell.Kind.NUMBER || first.matches("[\\d.\\-]+|[\\d一二三四五六七八九十]{1,3}")
                ? NUMBER
                : SECTION;
    }

    /** Key of the words that tell of a row of this kind. */
    String code() {
        return "import.row." + name();
    }
}
