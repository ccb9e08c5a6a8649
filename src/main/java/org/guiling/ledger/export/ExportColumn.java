package org.guiling.ledger.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.guiling.item.SourceType;
import org.guiling.item.todo.PersonalData;

/**
 * A column of the export.
 *
 * @param key the header is the text {@code ledger.column.<key>}; the import profile {@code ledger} knows it
 * @param width in characters
 */
public record ExportColumn(String key, int width, Value value) {

    /** A day, a number or a text; null when there is none. */
    @FunctionalInterface
    interface Value {
        Object of(ResultSet row, ExportLabels labels) throws SQLException;
    }

    /** The columns of the ledger (DOMAIN.md §2), as far as the record has them. */
    public static List<ExportColumn> all() {
        return List.of(
                text("itemNo", 17, "item_no"),
                text("title", 36, "title"),
                code("status", 10, "ItemStatus", "status"),
                code("step", 10, "Step", "step"),
                code("light", 8, "Light", "light"),
                number("round", 6, "round"),
                text("campaignCode", 14, "campaign_code"),
                code("sourceType", 12, "SourceType", "source_type"),
                text("sourceDocNo", 22, "source_doc_no"),
                text("sourceSeq", 10, "source_seq"),
                day("foundDate", 12, "found_date"),
                text("foundBy", 20, "found_by"),
                text("factText", 60, "fact_text"),
                text("location", 24, "location"),
                new ExportColumn(
                        "subject",
                        24,
                        (row, labels) -> PersonalData.masked(
                                SourceType.valueOf(row.getString("source_type")), row.getString("subject"))),
                number("amount", 12, "amount"),
                code("category", 10, "Category", "category"),
                code("level", 10, "Level", "level"),
                code("urgency", 10, "Urgency", "urgency"),
                new ExportColumn("systemic", 10, (row, labels) -> labels.yesOrNo(row.getBoolean("systemic"))),
                code("visibility", 10, "Visibility", "visibility"),
                text("registeredBy", 10, "registered_by_name"),
                moment("registeredOn", 12, "registered_at"),
                text("reviewedBy", 10, "reviewed_by_name"),
                moment("reviewedOn", 12, "reviewed_at"),
                new ExportColumn("leadUnit", 24, (row, labels) -> labels.unit(row.getString("lead_unit"))),
                new ExportColumn("coUnits", 24, (row, labels) -> labels.units(row.getArray("co_units"))),
                text("principal", 12, "principal"),
                text("divisionLeader", 12, "division_leader"),
                text("handler", 12, "handler_name"),
                moment("claimedOn", 12, "claimed_at"),
                text("rootCause", 40, "root_cause"),
                code("rectType", 10, "RectificationType", "rect_type"),
                text("target", 30, "target"),
                lines("measures", 60, "measures", ExportLabels::measure),
                text("fixNowWaiver", 20, "fix_now_waiver"),
                text("longTermWaiver", 20, "long_term_waiver"),
                text("funds", 20, "funds"),
                text("emergencyPlan", 30, "emergency_plan"),
                day("originalDue", 12, "original_due"),
                day("currentDue", 12, "current_due"),
                new ExportColumn("provisionalDates", 16, (row, labels) -> labels.provisionalDates(row)),
                text("dueBasis", 24, "due_basis"),
                lines("progress", 50, "progress", ExportLabels::progress),
                text("result", 40, "result"),
                moment("selfDoneOn", 12, "self_done_at"),
                lines("institutions", 30, "institutions", ExportLabels::institution),
                text("extension", 40, "extension"),
                new ExportColumn(
                        "verifyMethod",
                        12,
                        (row, labels) -> labels.verificationCode("VerificationMethod", row, "method")),
                new ExportColumn("verifiers", 16, (row, labels) -> labels.verifiers(row)),
                new ExportColumn("verifiedOn", 12, (row, labels) -> labels.verifiedOn(row)),
                new ExportColumn(
                        "verifyResult",
                        10,
                        (row, labels) -> labels.verificationCode("VerificationResult", row, "result")),
                new ExportColumn(
                        "satisfaction", 10, (row, labels) -> labels.verificationCode("CallBack", row, "callBack")),
                lines("defects", 40, "defects", ExportLabels::defect),
                lines("signOffs", 40, "sign_offs", ExportLabels::signOff),
                code("sourceReply", 12, "SourceReply", "source_reply"),
                text("sourceReplyNote", 24, "source_reply_note"),
                moment("closedOn", 12, "closed_at"),
                day("lookBackOn", 12, "look_back_on"));
    }

    private static ExportColumn text(String key, int width, String column) {
        return new ExportColumn(key, width, (row, labels) -> row.getString(column));
    }

    private static ExportColumn number(String key, int width, String column) {
        return new ExportColumn(key, width, (row, labels) -> row.getBigDecimal(column));
    }

    private static ExportColumn day(String key, int width, String column) {
        return new ExportColumn(key, width, (row, labels) -> row.getObject(column, LocalDate.class));
    }

    private static ExportColumn moment(String key, int width, String column) {
        return new ExportColumn(key, width, (row, labels) -> labels.day(row.getTimestamp(column)));
    }

    private static ExportColumn code(String key, int width, String kind, String column) {
        return new ExportColumn(key, width, (row, labels) -> labels.code(kind, row, column));
    }

    private static ExportColumn lines(String key, int width, String column, Line line) {
        return new ExportColumn(
                key, width, (row, labels) -> labels.lines(row, column, entry -> line.of(labels, entry)));
    }

    @FunctionalInterface
    private interface Line {
        String of(ExportLabels labels, JsonNode entry);
    }
}
