package org.guiling.ledger.organization;

import java.util.List;

/** The two sheets of a workbook of the organization, with their columns by the names that rules give the fields. */
enum OrganizationSheet {
    /** 单位 */
    UNITS("units", List.of("code", "name", "tier", "parent"), List.of("code", "name", "tier")),
    /** 人员 */
    PEOPLE(
            "people",
            List.of("id", "name", "unit", "roles", "email", "wecom", "dingtalk"),
            List.of("id", "name", "unit", "roles"));

    private final String key;
    private final List<String> columns;
    private final List<String> needed;

    OrganizationSheet(String key, List<String> columns, List<String> needed) {
        this.key = key;
        this.columns = columns;
        this.needed = needed;
    }

    String key() {
        return key;
    }

    List<String> columns() {
        return columns;
    }

    List<String> needed() {
        return needed;
    }
}
