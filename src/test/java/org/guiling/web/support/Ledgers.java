package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Small ledgers to import. */
public final class Ledgers {

    private static final String HEADER = "标题,问题描述,来源,来源文号,发现日期,发现单位,类别,等级,紧急程度,是否共性,公开范围,牵头单位\n";
    private static final String ROW = "导入测试事项%s,三月二日在测试路口发现井盖缺失三处，编号%s。,自查,测试清单%s,2026-03-02,测试单位,民生服务,一般,平,否,内部,%s\n";

    private Ledgers() {}

    /** A file with so many good rows, then so many that name a unit which does not exist. */
    public static byte[] with(int good, int bad) {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 0; i < good + bad; i++) {
            String mark = UUID.randomUUID().toString();
            file.append(ROW.formatted(mark, mark, mark, i < good ? "市教育局（示例）" : "没有这个单位"));
        }
        return file.toString().getBytes(UTF_8);
    }
}
