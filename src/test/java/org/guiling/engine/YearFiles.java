package org.guiling.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Calendar files of years that are far enough away for nobody to count by them. */
public final class YearFiles {

    private YearFiles() {}

    /** A year with holidays at New Year, in February, in May and in October. */
    public static String of(int year) {
        return """
                year: %1$d
                notice: {number: %2$s, title: 测试通知, date: %3$d-11-05}
                off:
                  - {name: 元旦, from: %1$d-01-01, to: %1$d-01-03}
                  - {name: 春节, from: %1$d-02-10, to: %1$d-02-17}
                  - {name: 劳动节, from: %1$d-05-01, to: %1$d-05-05}
                  - {name: 国庆节, from: %1$d-10-01, to: %1$d-10-07}
                """.formatted(year, notice(year), year - 1);
    }

    /** The same year after a correction: New Year is a day longer. */
    public static String corrected(int year) {
        return of(year).replace("to: %d-01-03".formatted(year), "to: %d-01-06".formatted(year))
                .replace(notice(year), notice(year) + "更正");
    }

    public static String notice(int year) {
        return "测试〔" + (year - 1) + "〕7号";
    }

    public static InputStream stream(String file) {
        return new ByteArrayInputStream(file.getBytes(UTF_8));
    }
}
