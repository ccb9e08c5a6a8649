package org.guiling.engine;

import com.tyme.holiday.LegalHoliday;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Complete, valid fields for each form, to be changed where a test wants them otherwise. */
public final class Samples {

    public static final String CITY_UNIT = "housing-urban-bureau";
    public static final String VILLAGE_UNIT = "dongyang-village";

    private Samples() {}

    public static Map<String, Object> registration(LocalDate today) {
        return fields(
                "title", "测试事项 " + UUID.randomUUID(),
                "sourceType", "AUDIT",
                "sourceDocNo", "测试〔2026〕1号",
                "foundDate", today.minusDays(3).toString(),
                "foundBy", "测试发现单位",
                "factText", "三月二日在测试路口发现三处井盖缺失，长度共约二十米。",
                "location", "测试路 " + UUID.randomUUID(),
                "category", "LIVELIHOOD",
                "level", "1",
                "urgency", "NORMAL",
                "systemic", "NO",
                "visibility", "INTERNAL",
                "leadUnit", CITY_UNIT,
                "coUnits", List.of());
    }

    public static Map<String, Object> acceptance() {
        return fields("duplicateAnswer", "NONE", "decision", "ACCEPT", "oneFact", true);
    }

    public static Map<String, Object> claim(String handler) {
        return fields(
                "decision",
                "CLAIM",
                "principal",
                "甲局长",
                "divisionLeader",
                "乙副局长",
                "handler",
                handler,
                "coUnits",
                List.of(),
                "responsibilityConfirmed",
                true);
    }

    /** A small thing that the city's unit found itself. */
    public static Map<String, Object> fastLane(LocalDate today, LocalDate due) {
        Map<String, Object> fields = registration(today);
        fields.keySet().removeAll(List.of("leadUnit", "coUnits"));
        fields.putAll(fields(
                "sourceType", "SELF",
                "duplicateAnswer", "NONE",
                "principal", "甲局长",
                "divisionLeader", "乙副局长",
                "handler", "handler",
                "rootCause", "巡查时未及时发现井盖松动。",
                "plannedDue", workingDayFrom(due).toString(),
                "target", "井盖补齐。",
                "longTermWaiver", "已有巡查制度，不需要新的制度。"));
        fields.putAll(fields(
                "measure1Content", "补齐井盖",
                "measure1Track", "FIX_NOW",
                "measure1Owner", "丙科长",
                "measure1Due", workingDayFrom(due).toString(),
                "measure1ExpectedResult", "安装验收单",
                "measure1EvidenceType", "PHOTO"));
        return fields;
    }

    /** A split into one part, for the town. */
    public static Map<String, Object> onePart(LocalDate due) {
        return fields(
                "splitBasis", "测试〔2026〕9号分解方案",
                "covering", true,
                "part1Unit", "jiaqiao-town",
                "part1Title", "补齐镇区井盖",
                "part1Fact", "补齐镇区内缺失的井盖。",
                "part1Due", workingDayFrom(due).toString());
    }

    public static Map<String, Object> extension(LocalDate newDue) {
        return fields(
                "newDue", workingDayFrom(newDue).toString(),
                "reason", "材料到货推迟，井盖需定制。",
                "evidence", "供货合同变更函，存工程科");
    }

    public static Map<String, Object> suspension(LocalDate reviewOn) {
        return fields(
                "ground", "LITIGATION",
                "reviewOn", reviewOn.toString(),
                "reason", "行政复议〔2026〕12号已受理。");
    }

    public static Map<String, Object> reopening(LocalDate newDue) {
        return fields("reason", "原处井盖再次缺失一处。", "newDue", workingDayFrom(newDue).toString());
    }

    /** The fields of a look-back that finds nothing wrong. */
    public static Map<String, Object> confirmation(LocalDate today) {
        return fields(
                "verifyMethod", "ON_SITE",
                "lookedOn", today.toString(),
                "decision", "CONFIRMED",
                "opinion", "现场查看，三处井盖完好。");
    }

    /** The fields of a look-back that finds the problem back. */
    public static Map<String, Object> rebound(LocalDate today) {
        return fields(
                "verifyMethod", "UNANNOUNCED",
                "lookedOn", today.toString(),
                "decision", "REBOUNDED",
                "falsified", true,
                "defect1", "第二处井盖未按方案更换",
                "reworkDue", workingDayFrom(today.plusDays(15)).toString(),
                "opinion", "现场查看，第二处仍为旧井盖。");
    }

    /** The fields of a spot check's visit that finds the item as the ledger says. */
    public static Map<String, Object> consistentVisit(LocalDate visitedOn) {
        return fields(
                "decision", "CONSISTENT",
                "verifyMethod", "UNANNOUNCED",
                "visitedOn", visitedOn.toString(),
                "coVerifiers", List.of(),
                "opinion", "现场查看，与台账记载一致。");
    }

    /** The fields of a visit that finds something else; a closed item is then opened again. */
    public static Map<String, Object> discrepantVisit(LocalDate visitedOn, String discrepancy) {
        Map<String, Object> fields = consistentVisit(visitedOn);
        fields.putAll(fields(
                "decision",
                "DISCREPANT",
                "falsified",
                true,
                "defect1",
                discrepancy,
                "reworkDue",
                workingDayFrom(visitedOn.plusDays(15)).toString(),
                "opinion",
                "现场查看，与台账记载不符。"));
        return fields;
    }

    public static Map<String, Object> newProblem(int number, String title) {
        String field = "problem" + number;
        return fields(
                field + "Title",
                title,
                field + "Fact",
                "抽查时在现场发现：" + title + "，此前未记入台账。",
                field + "Category",
                "ECOLOGY",
                field + "Level",
                "1");
    }

    public static Map<String, Object> decline(String suggestedUnit) {
        return fields(
                "decision", "DECLINE",
                "declineReason", "该路段由所在镇管护，不属本单位职责。",
                "declineBasis", "测试〔2026〕3号第四条",
                "suggestedUnit", suggestedUnit);
    }

    public static Map<String, Object> plan(LocalDate today) {
        return fields(
                "rootCause", "巡查频次不足，缺失井盖未及时登记。",
                "rectType", "IMMEDIATE",
                "target", "三处井盖全部补齐并建立巡查制度。",
                "plannedDue", workingDayFrom(today.plusDays(30)).toString(),
                "measure1Content", "补齐三处井盖",
                "measure1Track", "FIX_NOW",
                "measure1Owner", "丙科长",
                "measure1Due", today.plusDays(10).toString(),
                "measure1ExpectedResult", "三处井盖安装验收单",
                "measure1EvidenceType", "PHOTO",
                "measure2Content", "印发井盖巡查制度",
                "measure2Track", "LONG_TERM",
                "measure2Owner", "丁科长",
                "measure2Due", today.plusDays(20).toString(),
                "measure2ExpectedResult", "制度文件",
                "measure2EvidenceType", "DOCUMENT");
    }

    public static Map<String, Object> planApproval() {
        return fields("decision", "APPROVE");
    }

    public static Map<String, Object> rectification(LocalDate today) {
        return fields(
                "measure1Done", true,
                "measure1Result", "已补齐",
                "measure1Evidence", "照片三张，存档案室A1",
                "measure2Done", true,
                "measure2Result", "已印发",
                "measure2Evidence", "住建〔2026〕9号",
                "decision", "SUBMIT",
                "progress", "两条措施均已完成。",
                "result", "三处井盖全部补齐。",
                "extension", "排查全市井盖一遍，另补四处。",
                "institution1Name", "井盖巡查办法",
                "institution1DocNo", "住建〔2026〕9号",
                "institution1IssuedOn", today.toString());
    }

    public static Map<String, Object> verification(LocalDate today) {
        return fields(
                "verifyMethod",
                "ON_SITE",
                "verifiedOn",
                today.toString(),
                "coVerifiers",
                List.of("verifier2"),
                "criteriaPassed",
                List.of("FACT_RESOLVED", "MEASURES_DONE", "EVIDENCE_COMPLETE", "EXTENDED"),
                "decision",
                "PASS",
                "opinion",
                "现场查看，三处井盖均已安装牢固。");
    }

    /** The fields of the second of two verifiers on site. */
    public static Map<String, Object> secondVerification() {
        return fields("decision", "CONFIRM", "wasThere", true, "opinion", "同去现场，三处井盖逐一试过。");
    }

    public static Map<String, Object> refusedVerification() {
        return fields("decision", "REFUSE", "opinion", "第三处未看，不能确认。");
    }

    public static Map<String, Object> failedVerification(LocalDate today, String... defects) {
        Map<String, Object> fields = verification(today);
        fields.put("decision", "FAIL");
        fields.put("criteriaPassed", List.of());
        for (int i = 0; i < defects.length; i++) {
            fields.put("defect" + (i + 1), defects[i]);
        }
        fields.put("reworkDue", workingDayFrom(today.plusDays(15)).toString());
        return fields;
    }

    public static Map<String, Object> signOff() {
        return fields(
                "decision", "APPROVE",
                "sourceReply", "WRITTEN",
                "sourceReplyNote", "测试函〔2026〕2号",
                "opinion", "同意销号。");
    }

    /** The fields of a unit's answer to a card. */
    public static Map<String, Object> cardReply() {
        return fields("cause", "施工单位停工。", "done", "已更换施工单位。", "next", "月底前补齐井盖。");
    }

    /** A later signature of the chain: the source has been answered. */
    public static Map<String, Object> furtherSignOff() {
        return fields("decision", "APPROVE", "opinion", "同意销号。");
    }

    public static Map<String, Object> fields(Object... namesAndValues) {
        List<Object> all = new ArrayList<>(List.of(namesAndValues));
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < all.size(); i += 2) {
            fields.put((String) all.get(i), all.get(i + 1));
        }
        return fields;
    }

    /** The day itself when it is worked, else the next that is: what people write into a form. */
    public static LocalDate workingDayFrom(LocalDate day) {
        return day.datesUntil(day.plusMonths(1))
                .filter(Samples::isWorked)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isWorked(LocalDate day) {
        LegalHoliday holiday = LegalHoliday.fromYmd(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
        return holiday == null
                ? day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY
                : holiday.isWork();
    }
}
