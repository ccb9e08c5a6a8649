package org.guiling.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.content.UploadedFile;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Issued documents stay as they were: content, date and number; a document that is issued again is another version. */
@GuilingTest
class IssuedDocumentsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final String REWORK_DUE = "2026年3月17日";
    private static final String EXTENDED = "2026年3月27日";

    @TempDir
    Path folder;

    @Autowired
    Documents documents;

    @Autowired
    EvidenceChanges evidenceChanges;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void monday() {
        clock.set(MONDAY);
    }

    @Test
    void aNoticeSaysWhatItSaidWhenItWasIssued() {
        String itemNo = returned();
        byte[] issued = get("handler", DocumentKind.REWORK_NOTICE, itemNo);
        assertThat(text(issued)).contains("请于" + REWORK_DUE + "前完成整改", "2026年3月2日");

        extend(itemNo);

        assertThat(get("supervisor", DocumentKind.REWORK_NOTICE, itemNo)).isEqualTo(issued);
        assertThat(documents.issued(lifeCycle.item(itemNo))).singleElement().satisfies(one -> assertThat(one.issuedBy())
                .isEqualTo("handler"));
    }

    @Test
    void aNoticeThatNobodyHadYetHasTheDateOfItsReturnAllTheSame() {
        String itemNo = returned();
        extend(itemNo);

        assertThat(text(get("handler", DocumentKind.REWORK_NOTICE, itemNo)))
                .contains("请于" + REWORK_DUE + "前完成整改")
                .doesNotContain(EXTENDED);
    }

    @Test
    void issuedAgainItIsAnotherVersionWithTodaysDateAndTheOfficesNumber() {
        String itemNo = returned();
        byte[] first = get("handler", DocumentKind.REWORK_NOTICE, itemNo);
        extend(itemNo);
        clock.set(MONDAY.plusDays(2));

        IssuedDocument again = people.as(
                "supervisor", () -> documents.reissue(DocumentKind.REWORK_NOTICE, itemNo, "归零办〔2026〕12号", "期限已经延长"));

        assertThat(again.version()).isEqualTo(2);
        assertThat(text(get("handler", DocumentKind.REWORK_NOTICE, itemNo)))
                .contains("请于" + EXTENDED + "前完成整改", "归零办〔2026〕12号", "2026年3月4日")
                .doesNotContain("2026年3月2日");
        assertThat(documents
                        .version(DocumentKind.REWORK_NOTICE, lifeCycle.item(itemNo), 1)
                        .content())
                .isEqualTo(first);
        assertThatThrownBy(() -> documents.version(DocumentKind.REWORK_NOTICE, lifeCycle.item(itemNo), 3))
                .hasMessage("refusal.document.no-version");
    }

    @Test
    void onlyTheOfficeIssuesAgainAndSaysWhy() {
        String itemNo = returned();
        get("handler", DocumentKind.REWORK_NOTICE, itemNo);

        assertThatThrownBy(() -> reissue("handler", itemNo, null, "想改")).hasMessage("refusal.document.who");
        assertThatThrownBy(() -> reissue("supervisor", itemNo, null, " ")).hasMessage("refusal.document.reason");
        assertThatThrownBy(() -> reissue("supervisor", itemNo, "号".repeat(61), "文号"))
                .hasMessage("refusal.document.long");
        assertThat(documents.issued(lifeCycle.item(itemNo))).hasSize(1);
    }

    @Test
    void theRegisterIsNeverChanged() {
        String itemNo = returned();
        get("handler", DocumentKind.REWORK_NOTICE, itemNo);

        assertThatThrownBy(() ->
                        jdbc.sql("update issued_document set number = '1'").update())
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> jdbc.sql("delete from issued_document").update())
                .hasMessageContaining("never changed");
    }

    @Test
    void aFormIsFilledFromTheRecordUntilItIsComplete() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        upload("handler", itemNo, 1, "补齐后.jpg");
        upload("handler", itemNo, null, "全景.jpg");
        String hash = jdbc.sql("select left(sha256, 12) from evidence_version where name = '补齐后.jpg' "
                        + "order by evidence_id desc limit 1")
                .query(String.class)
                .single();
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));

        assertThat(text(get("verifier", DocumentKind.VERIFICATION_FORM, itemNo)))
                .contains("照片三张，存档案室A1", "补齐后.jpg（SHA-256 " + hash, "全景.jpg");
        assertThat(documents.issued(lifeCycle.item(itemNo))).isEmpty();
        assertThatThrownBy(() -> people.as(
                        "supervisor", () -> documents.reissue(DocumentKind.VERIFICATION_FORM, itemNo, null, "核查前")))
                .hasMessage("refusal.document.unfinished");

        upload("verifier", itemNo, null, "核查所摄.jpg");
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        byte[] form = get("verifier", DocumentKind.VERIFICATION_FORM, itemNo);
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());

        assertThat(text(form)).contains("核查所摄.jpg", "现场查看，三处井盖均已安装牢固。");
        assertThat(get("handler", DocumentKind.VERIFICATION_FORM, itemNo)).isEqualTo(form);
        assertThat(text(get("handler", DocumentKind.CLOSURE_APPROVAL, itemNo)))
                .contains("补齐后.jpg（SHA-256 " + hash, "全景.jpg", "核查所摄.jpg");
    }

    private String returned() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第三处井盖松动"));
        return itemNo;
    }

    private void extend(String itemNo) {
        lifeCycle.raise(
                "handler",
                RequestProcess.EXTENSION,
                itemNo,
                Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(10)));
        while (lifeCycle.item(itemNo).currentDue().isBefore(LocalDate.of(2026, 3, 27))) {
            Map<String, Object> approval = fields("decision", "APPROVE");
            String group = lifeCycle.waiting(itemNo, "decide-on-extension").group();
            lifeCycle.complete(
                    group.equals("leaders") ? "leader" : "supervisor", itemNo, "decide-on-extension", approval);
        }
    }

    private void upload(String person, String itemNo, Integer measure, String name) {
        Path file = folder.resolve(name);
        try {
            Files.write(file, SampleFiles.jpg(40, 30));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        people.as(person, () -> evidenceChanges.add(itemNo, measure, null, List.of(new UploadedFile(name, file))));
    }

    private void reissue(String person, String itemNo, String number, String reason) {
        people.as(person, () -> documents.reissue(DocumentKind.REWORK_NOTICE, itemNo, number, reason));
    }

    private byte[] get(String person, DocumentKind kind, String itemNo) {
        return people.as(person, () -> documents.get(kind, itemNo).content());
    }

    private static String text(byte[] document) {
        try (XWPFWordExtractor words = new XWPFWordExtractor(new XWPFDocument(new ByteArrayInputStream(document)))) {
            return words.getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
