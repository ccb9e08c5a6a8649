package org.guiling.ledger.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.NumberToTextConverter;

/**
 * Formats the numbers of a workbook as it shows them. The format of a cell is part of what its writer meant: 7 shown as
 * 007 is a number of three digits, 0.5 shown as 50% is a share, and a day shown as 2026年12月 is a month.
 */
final class NumberFormats {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu年M月");
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu年");
    /** The serial number of 10000-01-01, the first day that spreadsheets cannot show. */
    private static final double FIRST_BEYOND_CALENDAR = 2_958_466;

    private static final int LONGEST_FORMAT = 255;
    /** Colours, languages, conditions, and what a format shows as it stands. */
    private static final Pattern NO_PLACEHOLDER = Pattern.compile("\\[[^\\]]*\\]|\"[^\"]*\"|\\\\.|_.|\\*.");

    private static final Pattern LEADING_ZEROS = Pattern.compile("0[0\\- ]+");
    /** 27 to 36 and 50 to 58 are dates in the Chinese edition; of these 27, 36, 50, 57 and others show no day. */
    private static final Map<Integer, String> CHINESE = Map.of(
            27, "yyyy\"年\"m\"月\"",
            36, "yyyy\"年\"m\"月\"",
            50, "yyyy\"年\"m\"月\"",
            52, "yyyy\"年\"m\"月\"",
            55, "yyyy\"年\"m\"月\"",
            57, "yyyy\"年\"m\"月\"");

    private final Map<Integer, String> formats = new HashMap<>();
    private final Map<Integer, Integer> styles = new HashMap<>();
    private final DataFormatter formatter = new DataFormatter(Locale.ROOT);

    static NumberFormats none() {
        return new NumberFormats();
    }

    static NumberFormats read(Xml xml) {
        NumberFormats read = new NumberFormats();
        boolean inCells = false;
        int style = 0;
        while (xml.next()) {
            if (xml.isStart("numFmt")) {
                read.formats.put(xml.number("numFmtId", -1), xml.attribute("formatCode"));
            } else if (xml.isStart("cellXfs")) {
                inCells = true;
            } else if (xml.isEnd("cellXfs")) {
                inCells = false;
            } else if (inCells && xml.isStart("xf")) {
                read.styles.put(style++, xml.number("numFmtId", 0));
            }
        }
        return read;
    }

    /** The cell of a number in one of the workbook's styles. */
    Cell cell(double number, int style, boolean since1904) {
        int id = styles.getOrDefault(style, 0);
        return cell(number, id, formats.get(id), since1904);
    }

    /**
     * The cell of a number.
     *
     * @param code the format as the file has it; null for one that every edition has
     */
    Cell cell(double number, int id, String code, boolean since1904) {
        String format = code == null ? CHINESE.getOrDefault(id, BuiltinFormats.getBuiltinFormat(id)) : code;
        boolean usable = format != null && format.length() <= LONGEST_FORMAT;
        LocalDateTime moment = moment(number, since1904);
        if (moment != null && (isChineseDate(id) || usable && DateUtil.isADateFormat(id, format))) {
            return date(number, moment, usable ? NO_PLACEHOLDER.matcher(format).replaceAll("") : "");
        }
        LocalDate day = moment == null ? null : moment.toLocalDate();
        String plain = new BigDecimal(NumberToTextConverter.toText(number)).toPlainString();
        return new Cell(Cell.Kind.NUMBER, usable ? shown(number, plain, id, format) : plain, day, false, plain);
    }

    /** A day counts only where the format shows it. */
    private static Cell date(double number, LocalDateTime moment, String placeholders) {
        String parts = placeholders.toLowerCase(Locale.ROOT);
        boolean time = parts.contains("h") || parts.contains("s");
        if (number >= 1 && parts.contains("y") && !parts.contains("d") && !time) {
            return new Cell(Cell.Kind.DATE, (parts.contains("m") ? MONTH : YEAR).format(moment), null);
        }
        return new Cell(Cell.Kind.DATE, shown(number, moment), moment.toLocalDate());
    }

    /** Only formats that add what the number lacks: others round, and what is rounded away is not to be lost. */
    private String shown(double number, String plain, int id, String format) {
        String placeholders = NO_PLACEHOLDER.matcher(format).replaceAll("");
        boolean zeros = LEADING_ZEROS.matcher(placeholders).matches();
        if (!zeros && !placeholders.contains("%")) {
            return plain;
        }
        try {
            if (placeholders.contains("%")) {
                return new BigDecimal(plain)
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString() + "%";
            }
            return CellText.clean(formatter.formatRawCellContents(number, id, format));
        } catch (RuntimeException e) {
            // A format that nobody can apply shows nothing; the number is what there is.
            return plain;
        }
    }

    private static boolean isChineseDate(int id) {
        return id >= 27 && id <= 36 || id >= 50 && id <= 58;
    }

    private static LocalDateTime moment(double number, boolean since1904) {
        boolean days = DateUtil.isValidExcelDate(number) && number < FIRST_BEYOND_CALENDAR;
        return days ? DateUtil.getLocalDateTime(number, since1904, true) : null;
    }

    private static String shown(double number, LocalDateTime moment) {
        if (number < 1) {
            return moment.toLocalTime().toString();
        }
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? moment.toLocalDate().toString()
                : MINUTE.format(moment);
    }
}
