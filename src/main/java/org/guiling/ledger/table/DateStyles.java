package org.guiling.ledger.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.DateUtil;

/** Which cell styles show a number as a date. */
final class DateStyles {

    private static final int LONGEST_FORMAT = 255;

    private final Set<Integer> dates = new HashSet<>();

    static DateStyles none() {
        return new DateStyles();
    }

    static DateStyles read(Xml xml) {
        DateStyles styles = new DateStyles();
        Map<Integer, String> formats = new HashMap<>();
        boolean inCells = false;
        int style = 0;
        while (xml.next()) {
            if (xml.isStart("numFmt")) {
                formats.put(xml.number("numFmtId", -1), xml.attribute("formatCode"));
            } else if (xml.isStart("cellXfs")) {
                inCells = true;
            } else if (xml.isEnd("cellXfs")) {
                inCells = false;
            } else if (inCells && xml.isStart("xf")) {
                int format = xml.number("numFmtId", 0);
                if (isDate(format, formats.get(format))) {
                    styles.dates.add(style);
                }
                style++;
            }
        }
        return styles;
    }

    boolean isDate(int style) {
        return dates.contains(style);
    }

    /** Beside the formats that every edition has, 27 to 36 and 50 to 58 are dates in the Chinese one. */
    private static boolean isDate(int id, String code) {
        return id >= 27 && id <= 36
                || id >= 50 && id <= 58
                || DateUtil.isInternalDateFormat(id)
                || code != null && code.length() <= LONGEST_FORMAT && DateUtil.isADateFormat(id, code);
    }
}
