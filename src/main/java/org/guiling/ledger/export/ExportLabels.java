package org.guiling.ledger.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.text.Texts;

/** Turns what the database holds into what people read. Values that are null stay null. */
record ExportLabels(
        Texts texts, Map<String, String> units, Map<String, String> people, ZoneId zone, WorkingCalendar calendar) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Database columns of dates by which something has to be done, with those of the export. */
    private static final SortedMap<String, String> DATES_OF_LIMITS = new TreeMap<>(
            Map.of("original_due", "originalDue", "current_due", "currentDue", "look_back_on", "lookBackOn"));

    String code(String kind, ResultSet row, String column) throws SQLException {
        String code = row.getString(column);
        return code == null ? null : texts.label(kind, code);
    }

    String yesOrNo(boolean value) {
        return texts.label("Systemic", value ? "YES" : "NO");
    }

    String unit(String code) {
        return units.getOrDefault(code, code);
    }

    String units(Array codes) throws SQLException {
        return Arrays.stream((String[]) codes.getArray()).map(this::unit).collect(Collectors.joining("、"));
    }

    /** The day of a moment, where the office is. */
    LocalDate day(Timestamp moment) {
        return moment == null ? null : moment.toInstant().atZone(zone).toLocalDate();
    }

    /** The dates of an item that may still move because their year is not loaded, by the headers of their columns. */
    String provisionalDates(ResultSet row) throws SQLException {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> date : DATES_OF_LIMITS.entrySet()) {
            if (calendar.isProvisional(row.getObject(date.getKey(), LocalDate.class))) {
                names.add(texts.get("ledger.column." + date.getValue()));
            }
        }
        return names.isEmpty() ? null : String.join(texts.get("list.separator"), names);
    }

    /** One line for each entry of a list. */
    String lines(ResultSet row, String column, Function<JsonNode, String> line) throws SQLException {
        return StreamSupport.stream(json(row, column).spliterator(), false)
                .map(line)
                .collect(Collectors.joining("\n"));
    }

    JsonNode json(ResultSet row, String column) throws SQLException {
        String content = row.getString(column);
        try {
            return content == null ? MissingNode.getInstance() : JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new SQLException("The database wrote JSON that cannot be read", e);
        }
    }

    String measure(JsonNode measure) {
        return texts.get(
                "ledger.measure",
                measure.path("seq").asText(),
                measure.path("content").asText(),
                texts.label("Track", measure.path("track").asText()),
                measure.path("owner").asText(),
                measure.path("due").asText(),
                measure.path("expectedResult").asText(),
                texts.get(measure.path("done").asBoolean() ? "measure.done" : "measure.open"));
    }

    String progress(JsonNode report) {
        return report.path("at").asText().substring(0, 10) + " "
                + report.path("content").asText();
    }

    String institution(JsonNode institution) {
        return texts.get(
                "ledger.institution",
                institution.path("name").asText(),
                institution.path("docNo").asText(),
                institution.path("issuedOn").asText());
    }

    String defect(JsonNode defect) {
        return texts.get(
                "ledger.defect",
                defect.path("round").asText(),
                defect.path("content").asText());
    }

    String signOff(JsonNode signOff) {
        return texts.get(
                "ledger.sign-off",
                signOff.path("round").asText(),
                person(signOff.path("approver").asText()),
                texts.get(signOff.path("approved").asBoolean() ? "signOff.APPROVE" : "signOff.RETURN"),
                signOff.path("opinion").asText());
    }

    /** A code of the last verification; null without one. */
    String verificationCode(String kind, ResultSet row, String name) throws SQLException {
        JsonNode code = json(row, "verification").path(name);
        return code.isTextual() ? texts.label(kind, code.asText()) : null;
    }

    String verifiers(ResultSet row) throws SQLException {
        return StreamSupport.stream(json(row, "verification").path("verifiers").spliterator(), false)
                .map(verifier -> person(verifier.asText()))
                .collect(Collectors.joining("、"));
    }

    LocalDate verifiedOn(ResultSet row) throws SQLException {
        JsonNode day = json(row, "verification").path("on");
        return day.isTextual() ? LocalDate.parse(day.asText()) : null;
    }

    private String person(String id) {
        return people.getOrDefault(id, id);
    }
}
