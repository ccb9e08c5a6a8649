package org.guiling.web.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.guiling.GuilingTest;
import org.guiling.document.DocumentProperties;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Documents by {@code /api}: what can be had, by whom, under which name, and that it is written down. */
@GuilingTest
class DocumentsApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    DocumentProperties properties;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void noTemplateIsLeft() throws IOException {
        Files.deleteIfExists(own());
    }

    @Test
    void whatCanBeHadIsListedWithItsLink() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);

        JsonNode list = answer(Caller.script(port, "handler").get("/api/items/" + itemNo + "/documents"), 200);

        assertThat(list.path("documents").findValuesAsText("kind"))
                .containsExactly("assignment", "verification-form", "closure-approval");
        assertThat(list.path("documents").findValuesAsText("name")).containsExactly("交办单", "核查验收表", "整改销号审批表");
        for (String href : list.path("documents").findValuesAsText("href")) {
            HttpResponse<byte[]> document = Caller.script(port, "handler").download(href);
            assertThat(document.statusCode()).as(href).isEqualTo(200);
            assertThat(document.headers().firstValue("Content-Type"))
                    .hasValue("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
            assertThat(document.body()).startsWith('P', 'K');
        }
    }

    @Test
    void whoHadADocumentIsWrittenDown() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);

        HttpResponse<byte[]> document =
                Caller.script(port, "handler").download("/api/items/" + itemNo + "/documents/assignment.docx");

        assertThat(URLDecoder.decode(
                        document.headers().firstValue("Content-Disposition").orElseThrow(), StandardCharsets.UTF_8))
                .contains("交办单 " + itemNo + ".docx");
        assertThat(exports(itemNo)).containsExactly("handler 交办单 " + itemNo + ".docx assignment");
    }

    @Test
    void whoMayNotSeeTheItemHasNoDocumentOfIt() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller stranger = Caller.script(port, "handler2");

        problem(stranger.get("/api/items/" + itemNo + "/documents"), 404);
        problem(stranger.get("/api/items/" + itemNo + "/documents/assignment.docx"), 404);
        problem(stranger.get("/api/items/ZG-2026-999999/documents/assignment.docx"), 404);
        problem(stranger.get(report(Samples.CITY_UNIT)), 404);
        problem(stranger.get(report("no-such-unit")), 404);
        assertThat(exports(itemNo)).isEmpty();
    }

    @Test
    void whatIsNotThereOrNotYetSaysSo() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller leader = Caller.script(port, "leader");
        String documents = "/api/items/" + itemNo + "/documents/";

        assertThat(problem(leader.get(documents + "closure-approval.docx"), 409)
                        .path("detail")
                        .asText())
                .isEqualTo("该事项目前没有出具“整改销号审批表”的事由。");
        problem(leader.get(documents + "poem.docx"), 404);
        problem(leader.get(documents + "rectification-report.docx"), 404);
        problem(leader.get("/api/documents/rectification-report.docx?unit=" + Samples.CITY_UNIT), 400);
        problem(leader.get(report(Samples.CITY_UNIT).replace(lifeCycle.today().toString(), "soon")), 400);
    }

    @Test
    void aReportIsOfTheUnitAndWrittenDown() throws IOException {
        // of the city's unit other tests import more than a report may have
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", Samples.VILLAGE_UNIT));

        HttpResponse<byte[]> document = Caller.script(port, "village-handler").download(report(Samples.VILLAGE_UNIT));

        assertThat(document.statusCode()).isEqualTo(200);
        try (XWPFDocument report = new XWPFDocument(new ByteArrayInputStream(document.body()))) {
            assertThat(report.getTables()).extracting(XWPFTable::getText).anyMatch(text -> text.contains(itemNo));
        }
        assertThat(jdbc.sql("""
                        select count(*) from audit_event where kind = 'EXPORTED' and actor = 'village-handler'
                          and details ->> 'document' = 'rectification-report' and details ->> 'unit' = ?""").param(Samples.VILLAGE_UNIT).query(Long.class).single())
                .isPositive();
    }

    @Test
    void aBrokenTemplateIsNamedToWhoeverAsks() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        Files.createDirectories(own().getParent());
        Files.writeString(own(), "not a docx");

        HttpResponse<String> refused =
                Caller.script(port, "handler").get("/api/items/" + itemNo + "/documents/assignment.docx");

        assertThat(problem(refused, 409).path("detail").asText()).startsWith("文书模板 assignment.docx 无法读取");
        assertThat(exports(itemNo)).isEmpty();
    }

    private Path own() {
        return properties.templates().resolve("assignment.docx");
    }

    private String report(String unit) {
        LocalDate today = lifeCycle.today();
        return "/api/documents/rectification-report.docx?unit=" + unit + "&from=" + today + "&to=" + today;
    }

    private List<String> exports(String itemNo) {
        return jdbc.sql("""
                        select actor || ' ' || subject || ' ' || (details ->> 'document') from audit_event
                        where kind = 'EXPORTED' and details ->> 'itemNo' = :itemNo order by id""")
                .params(Map.of("itemNo", itemNo))
                .query(String.class)
                .list();
    }
}
