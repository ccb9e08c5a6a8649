package org.guiling.web.item;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.EvidenceOffers;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.content.UploadedFile;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.image.PlacedFiles;
import org.guiling.item.ItemStatus;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Caller;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Evidence over HTTP, as a page or a script sends and reads it. */
@GuilingTest
class EvidenceApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    EvidenceChanges evidenceChanges;

    @Autowired
    EvidenceOffers evidenceOffers;

    @Autowired
    People people;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    EvidenceProperties properties;

    @Autowired
    AuditTrail auditTrail;

    @Autowired
    JdbcClient jdbc;

    private Caller handler;

    @BeforeEach
    void signOn() {
        handler = Caller.script(port, "handler");
    }

    @Test
    void aPhotoShowsAMeasure() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] photo = SampleFiles.jpg(800, 600);

        JsonNode file = answer(
                        handler.upload(path(itemNo), "现场照片.jpg", photo, Map.of("measure", "1", "note", "东侧井盖")), 201)
                .path("files")
                .path(0);

        assertThat(file.path("name").asText()).isEqualTo("现场照片.jpg");
        assertThat(file.path("type").asText()).isEqualTo("image/jpeg");
        assertThat(file.path("bytes").asInt()).isEqualTo(photo.length);
        assertThat(file.path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(file.path("uploadedBy").asText()).isEqualTo("handler");
        assertThat(file.path("uploadedByName").asText()).isEqualTo("程承办");
        assertThat(file.path("at").asText()).isNotEmpty();
        assertThat(file.path("measure").asInt()).isEqualTo(1);
        assertThat(file.path("note").asText()).isEqualTo("东侧井盖");
        assertThat(file.path("version").asInt()).isEqualTo(1);
        assertThat(file.path("thumbnail").asBoolean()).isTrue();
        assertThat(file.path("mayWithdraw").asBoolean()).isTrue();
        JsonNode list = answer(handler.get(path(itemNo)), 200);
        assertThat(list.path("upload").path("may").asBoolean()).isTrue();
        assertThat(list.path("measures").findValuesAsText("lacking")).containsExactly("false", "true");
        assertThat(list.path("measures").findValuesAsText("files")).containsExactly("1", "0");
        assertThat(list.path("files").findValuesAsText("id"))
                .containsExactly(file.path("id").asText());
        JsonNode line = lastLine(itemNo);
        assertThat(line.path("action").asText()).isEqualTo("ADD_EVIDENCE");
        assertThat(line.path("text").asText()).isEqualTo("上传佐证：措施 1“现场照片.jpg”");
        assertThat(line.path("note").asText()).contains(file.path("sha256").asText());
    }

    @Test
    void theContentComesBackAsItWasAndMayDoNothing() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] photo = SampleFiles.png(40, 30);
        byte[] document = SampleFiles.docx();

        HttpResponse<byte[]> image = handler.download(path(itemNo) + "/" + uploaded(itemNo, "照片.png", photo));
        HttpResponse<byte[]> text = handler.download(path(itemNo) + "/" + uploaded(itemNo, "情况 说明.docx", document));

        assertThat(image.body()).isEqualTo(photo);
        assertThat(header(image, "Content-Type")).isEqualTo("image/png");
        assertThat(header(image, "Content-Disposition")).startsWith("inline").contains("filename*=UTF-8''%E7%85%A7");
        assertThat(header(image, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(image, "Content-Security-Policy"))
                .contains("sandbox", "default-src 'none'", "frame-ancestors 'none'");
        assertThat(header(image, "Cache-Control")).contains("private", "no-cache");
        assertThat(image.headers().allValues("ETag")).hasSize(1);
        assertThat(text.body()).isEqualTo(document);
        assertThat(header(text, "Content-Disposition")).startsWith("attachment").contains("%20%E8%AF%B4");
        assertThat(handler.with("If-None-Match", header(image, "ETag"))
                        .download(path(itemNo) + "/"
                                + list(itemNo).path("files").path(0).path("id").asText())
                        .statusCode())
                .isEqualTo(304);
    }

    static Stream<Arguments> filesWithAPlace() {
        return Stream.of(
                Arguments.of("现场.jpg", PlacedFiles.jpg()),
                Arguments.of("现场.png", PlacedFiles.png()),
                Arguments.of("现场.webp", PlacedFiles.webp()),
                Arguments.of("现场.heic", PlacedFiles.heic()),
                Arguments.of("现场.mp4", PlacedFiles.mp4()));
    }

    /** Those who verify and oversee read the original, and who did is in the audit trail. */
    @ParameterizedTest
    @MethodSource("filesWithAPlace")
    void whereAPhotoWasTakenIsForThoseWhoVerify(String name, byte[] original) {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, name, original);
        String link = path(itemNo) + "/" + id;
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        Caller verifier = Caller.script(port, "verifier");

        HttpResponse<byte[]> served = handler.download(link);
        HttpResponse<byte[]> kept = verifier.download(link + "/original");

        assertThat(new String(served.body(), ISO_8859_1)).doesNotContain(PlacedFiles.PLACE);
        assertThat(served.body()).hasSameSizeAs(original);
        assertThat(verifier.download(link).body()).isEqualTo(served.body());
        assertThat(kept.body()).isEqualTo(original);
        assertThat(header(kept, "Content-Disposition")).startsWith("attachment");
        assertThat(header(kept, "Content-Security-Policy")).contains("sandbox");
        for (String reader : List.of("handler", "leader", "registrar")) {
            JsonNode refused = problem(Caller.script(port, reader).get(link + "/original"), 403);
            assertThat(refused.path("detail").asText()).contains("原件含拍摄地点");
            assertThat(answer(Caller.script(port, reader).get(path(itemNo)), 200)
                            .path("originals")
                            .asBoolean())
                    .isFalse();
        }
        problem(Caller.script(port, "handler2").get(link + "/original"), 404);
        problem(Caller.anonymous(port).get(link + "/original"), 401);
        verifier.download(link + "/original");
        Caller.script(port, "supervisor").download(link + "/original");
        assertThat(auditTrail.page(AuditEventKind.ORIGINAL_READ, null, null, 3))
                .allSatisfy(event -> {
                    assertThat(event.subject()).isEqualTo(itemNo + " evidence");
                    assertThat(event.details()).containsEntry("sha256", sha256(itemNo));
                })
                .extracting(AuditEvent::actor)
                .containsExactly("supervisor", "verifier", "verifier");
        assertThat(Caller.browser(port, "verifier")
                        .get("/items/" + itemNo + "/evidence")
                        .body())
                .contains(link + "/original");
        assertThat(Caller.browser(port, "handler")
                        .get("/items/" + itemNo + "/evidence")
                        .body())
                .doesNotContain("/original");
    }

    /** The hash that is shown, and that the timeline's chain covers, is the original's. */
    @Test
    void theHashIsThatOfTheOriginal() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] original = PlacedFiles.jpg();
        uploaded(itemNo, "现场.jpg", original);

        assertThat(sha256(itemNo))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(original)));
    }

    @Test
    void aPhotoWhosePlaceCannotBeFoundIsNotShown() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] damaged = PlacedFiles.heic();
        damaged[new String(damaged, ISO_8859_1).indexOf("iinf") - 2] = 1;
        String id = uploaded(itemNo, "现场.heic", damaged);

        assertThat(problem(handler.get(path(itemNo) + "/" + id), 409)
                        .path("detail")
                        .asText())
                .contains("位置信息");
        assertThat(Caller.script(port, "supervisor")
                        .download(path(itemNo) + "/" + id + "/original")
                        .body())
                .isEqualTo(damaged);
    }

    private String sha256(String itemNo) {
        return list(itemNo).path("files").path(0).path("sha256").asText();
    }

    @Test
    void whatWasChangedInTheStoreIsAnsweredWithWordsAndNotServed() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "说明.pdf", SampleFiles.pdf());
        String sha256 = list(itemNo).path("files").path(0).path("sha256").asText();
        Path file = properties.directory().resolve(sha256.substring(0, 2)).resolve(sha256);
        byte[] content = Files.readAllBytes(file);
        byte[] changed = content.clone();
        changed[changed.length - 2] ^= 1;
        Files.write(file, changed);

        HttpResponse<byte[]> answer = handler.download(path(itemNo) + "/" + id);
        Files.write(file, content);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(new String(answer.body(), UTF_8)).contains("“说明.pdf”存储的内容与上传时的哈希不再一致");
    }

    @Test
    void aBrowserOfASessionIsToldTheSame() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "说明.pdf", SampleFiles.pdf());

        HttpResponse<byte[]> pdf = Caller.browser(port, "supervisor").download(path(itemNo) + "/" + id);

        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'")
                .doesNotContain("script");
    }

    @Test
    void anImageHasASmallPicture() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "照片.jpg", SampleFiles.jpg(1600, 1200));

        HttpResponse<byte[]> first = handler.download(path(itemNo) + "/" + id + "/thumbnail");
        HttpResponse<byte[]> second = handler.download(path(itemNo) + "/" + id + "/thumbnail");

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(first.body()));
        assertThat(picture.getWidth()).isEqualTo(320);
        assertThat(picture.getHeight()).isEqualTo(240);
        assertThat(header(first, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void whoAsksWhileItIsMadeIsToldWhenToAskAgain() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "照片.jpg", SampleFiles.jpg(160, 120));
        jdbc.sql("update evidence_content set thumbnail_begun_at = now() where sha256 = ?")
                .param(list(itemNo).path("files").path(0).path("sha256").asText())
                .update();

        HttpResponse<String> busy = handler.get(path(itemNo) + "/" + id + "/thumbnail");

        assertThat(problem(busy, 503).path("detail").asText()).isEqualTo("缩略图正在生成，请稍后再看。");
        assertThat(header(busy, "Retry-After")).isEqualTo("5");
    }

    @Test
    void anImageThatCannotBeMadeSmallHasNoPictureFromThenOn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "照片.jpg", SampleFiles.progressiveJpg(300, 200, 300));

        problem(handler.get(path(itemNo) + "/" + id + "/thumbnail"), 404);

        assertThat(list(itemNo).path("files").path(0).path("thumbnail").asBoolean())
                .isFalse();
        assertThat(Caller.browser(port, "handler")
                        .get("/items/" + itemNo + "/evidence")
                        .body())
                .doesNotContain("/thumbnail")
                .contains("evidence-sign");
    }

    @Test
    void whatClaimsToBeHugeIsKeptAndNeverDecoded() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        JsonNode file = answer(
                        handler.upload(path(itemNo), "全景.png", SampleFiles.pngThatClaims(50_000, 50_000), Map.of()),
                        201)
                .path("files")
                .path(0);

        assertThat(file.path("thumbnail").asBoolean()).isFalse();
        assertThat(file.path("inline").asBoolean()).isFalse();
        problem(handler.get(path(itemNo) + "/" + file.path("id").asText() + "/thumbnail"), 404);
        problem(handler.get(path(itemNo) + "/" + uploaded(itemNo, "说明.pdf", SampleFiles.pdf()) + "/thumbnail"), 404);
    }

    static Stream<Arguments> filesThatAreRefused() {
        return Stream.of(
                Arguments.of("工具.exe", SampleFiles.EXE, "“工具.exe”不是可以上传的文件类型，可以上传：DOC DOCX"),
                Arguments.of("照片.jpg", SampleFiles.EXE, "“照片.jpg”的内容不是 JPG 文件"),
                Arguments.of("照片.jpg", SampleFiles.png(9, 9), "“照片.jpg”的内容不是 JPG 文件"),
                Arguments.of("带宏.docx", SampleFiles.docxWithMacros(), "“带宏.docx”带有宏。请另存为不带宏的文件"),
                Arguments.of("网页.pdf", "<html><script>".getBytes(UTF_8), "“网页.pdf”的内容不是 PDF 文件"),
                Arguments.of("打包.zip", SampleFiles.archive("a.txt"), "不是可以上传的文件类型"),
                Arguments.of("没有后缀", SampleFiles.pdf(), "不是可以上传的文件类型"),
                Arguments.of("空白.pdf", new byte[0], "“空白.pdf”是空文件"),
                Arguments.of("过大.pdf", Arrays.copyOf(SampleFiles.pdf(), 5 * 1024 * 1024 + 1), "“过大.pdf”超过 5 MB"));
    }

    @Test
    void whatBringsMoreThanItSaysIsWrittenDown() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String macros = "带宏" + itemNo + ".docx";
        String disguised = "照片" + itemNo + ".jpg";

        problem(handler.upload(path(itemNo), macros, SampleFiles.docxWithMacros(), Map.of()), 400);
        problem(handler.upload(path(itemNo), macros, SampleFiles.docxWithMacros(), Map.of()), 400);
        problem(handler.upload(path(itemNo), disguised, SampleFiles.EXE, Map.of()), 400);

        assertThat(auditTrail.page(AuditEventKind.CONTENT_REFUSED, "handler", null, 50))
                .filteredOn(event -> event.subject().contains(itemNo))
                .extracting(event -> event.subject() + " " + event.details().get("why"))
                .containsExactlyInAnyOrder(macros + " MACROS", disguised + " MISMATCH");
    }

    @ParameterizedTest
    @MethodSource("filesThatAreRefused")
    void whatIsNoEvidenceIsRefusedInWords(String name, byte[] content, String message) {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        JsonNode problem = problem(handler.upload(path(itemNo), name, content, Map.of()), 400);

        assertThat(problem.path("detail").asText()).contains(message);
        assertThat(problem.path("errors").findValuesAsText("field")).containsExactly("file");
        assertThat(list(itemNo).path("files")).isEmpty();
        assertNothingIsOnItsWay();
    }

    @Test
    void oneBadFileOfSeveralStoresNoneAndAllThatIsWrongIsSaid() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        JsonNode problem = problem(
                handler.upload(
                        path(itemNo),
                        List.of(
                                Map.entry("好.pdf", SampleFiles.pdf()),
                                Map.entry("空.pdf", new byte[0]),
                                Map.entry("坏.png", SampleFiles.EXE)),
                        Map.of()),
                400);

        assertThat(problem.path("errors").findValuesAsText("message")).hasSize(2);
        assertThat(list(itemNo).path("files")).isEmpty();
        assertNothingIsOnItsWay();
    }

    @Test
    void anUploadThatIsTooLargeIsRefusedByItsLength() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] large = new byte[23 * 1024 * 1024];

        JsonNode script = problem(handler.upload(path(itemNo), "a.pdf", large, Map.of()), 413);
        Caller browser = Caller.browser(port, "handler");
        // The token in the form would have to be searched for in all that anybody sends.
        JsonNode form = problem(
                browser.upload(
                        path(itemNo),
                        "a.pdf",
                        Arrays.copyOf(large, 21 * 1024 * 1024),
                        Map.of("_csrf", browser.csrf("/account"))),
                413);

        assertThat(script.path("detail").asText()).contains("22 MB");
        assertThat(form.path("detail").asText()).contains("20 MB");
    }

    @Test
    void severalFilesMakeOneUpload() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] photo = SampleFiles.jpg(20, 20);

        JsonNode files = answer(
                        handler.upload(
                                path(itemNo),
                                List.of(
                                        Map.entry("一.jpg", photo),
                                        Map.entry("二.xls", SampleFiles.xls()),
                                        Map.entry("又一.jpg", photo)),
                                Map.of("measure", "2")),
                        201)
                .path("files");

        assertThat(files.findValuesAsText("type")).contains("image/jpeg", "application/vnd.ms-excel");
        assertThat(files).hasSize(2);
        List<Map.Entry<String, byte[]>> many = IntStream.range(0, 21)
                .mapToObj(i -> Map.entry(i + ".pdf", SampleFiles.pdf()))
                .toList();
        problem(handler.upload(path(itemNo), many, Map.of()), 400);
        problem(handler.upload(path(itemNo), List.of(), Map.of("note", "x")), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "../../../etc/照片.jpg, 照片.jpg",
        "C:\\Users\\x\\照片.jpg, 照片.jpg",
        "照片\u202Egpj.exe.jpg, 照片gpj.exe.jpg",
        "..jpg.jpg, jpg.jpg"
    })
    void aNameIsANameAndNoPath(String sent, String kept) {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        String id = uploaded(itemNo, sent, SampleFiles.jpg(9, 9));

        assertThat(list(itemNo).path("files").path(0).path("name").asText()).isEqualTo(kept);
        assertThat(handler.download(path(itemNo) + "/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void anUploadThatIsRepeatedStoresNothingTwice() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] photo = SampleFiles.jpg(30, 30);
        String id = uploaded(itemNo, "一.jpg", photo, Map.of("measure", "1"));
        int lines = lines(itemNo);

        JsonNode again = answer(handler.upload(path(itemNo), "改名.jpg", photo, Map.of("measure", "1")), 200);

        assertThat(again.path("files").path(0).path("id").asText()).isEqualTo(id);
        assertThat(lines(itemNo)).isEqualTo(lines);
        String other = uploaded(itemNo, "一.jpg", photo, Map.of("measure", "2"));
        assertThat(other).isNotEqualTo(id);
        assertThat(jdbc.sql("""
                        select count(*) from evidence_content where sha256 in (
                            select sha256 from evidence_version where evidence_id in (?, ?))""")
                        .params(Long.valueOf(id), Long.valueOf(other))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoMayNotSeeTheItemSeesNoEvidence() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "一.pdf", SampleFiles.pdf());
        Caller stranger = Caller.script(port, "handler2");

        problem(stranger.get(path(itemNo)), 404);
        problem(stranger.get(path(itemNo) + "/offers"), 404);
        problem(stranger.get(path(itemNo) + "/" + id), 404);
        problem(stranger.get(path(itemNo) + "/" + id + "/thumbnail"), 404);
        problem(stranger.upload(path(itemNo), "二.pdf", SampleFiles.pdf(), Map.of()), 404);
        problem(stranger.upload(path(itemNo) + "/" + id + "/versions", "二.pdf", SampleFiles.pdf(), Map.of()), 404);
        problem(stranger.post(path(itemNo) + "/" + id + "/withdrawal", Map.of("reason", "x")), 404);
        problem(stranger.post(path(itemNo) + "/reuse", Map.of("source", id)), 404);
        String own = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", "jiaqiao-town"));
        problem(stranger.get(path(own) + "/" + id), 404);
        problem(stranger.post(path(own) + "/reuse", Map.of("source", id)), 404);
        problem(Caller.anonymous(port).get(path(itemNo)), 401);
    }

    @Test
    void whoSeesTheItemAndDoesNotWorkOnItReadsOnly() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "一.pdf", SampleFiles.pdf());
        Caller supervisor = Caller.script(port, "supervisor");

        JsonNode seen = answer(supervisor.get(path(itemNo)), 200);

        assertThat(seen.path("upload").path("may").asBoolean()).isFalse();
        assertThat(seen.path("upload").path("why").asText()).contains("承办人");
        assertThat(seen.path("files").path(0).path("mayWithdraw").asBoolean()).isFalse();
        problem(supervisor.upload(path(itemNo), "二.pdf", SampleFiles.pdf(), Map.of()), 403);
        problem(supervisor.post(path(itemNo) + "/" + id + "/withdrawal", Map.of("reason", "x")), 403);
    }

    @Test
    void unitsThatHelpAddTheirs() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("coUnits", List.of("jiaqiao-town")));

        answer(Caller.script(port, "handler2").upload(path(itemNo), "协办.pdf", SampleFiles.pdf(), Map.of()), 201);
    }

    @Test
    void anItemTakesSoManyFilesAndNoMore() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        long id = Long.parseLong(uploaded(itemNo, "一.pdf", SampleFiles.pdf()));

        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> evidenceChanges.add(itemNo, null, null, List.of(upload())),
                () -> evidenceChanges.replace(itemNo, id, null, upload()),
                () -> evidenceOffers.takeOver(itemNo, id, 1, null))) {
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                jdbc.sql("""
                                insert into evidence_version (evidence_id, version, name, sha256, uploaded_by, uploaded_at)
                                select evidence_id, n, name, sha256, uploaded_by, uploaded_at
                                from evidence_version, generate_series(2, ?) n where evidence_id = ? and version = 1""").params(properties.mostFilesOfItem(), id).update();
                Runnable refused = () -> assertThatThrownBy(change)
                        .isInstanceOf(RefusedException.class)
                        .hasMessage("refusal.evidence.full");
                people.as("handler", refused);
            });
        }
    }

    private UploadedFile upload() throws IOException {
        Path file = properties.incoming().resolve(UUID.randomUUID().toString());
        return new UploadedFile("二.pdf", Files.write(file, SampleFiles.pdf()));
    }

    @Test
    void aClosedItemTakesNothingMore() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "一.pdf", SampleFiles.pdf());
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);

        JsonNode problem = problem(handler.upload(path(itemNo), "二.pdf", SampleFiles.pdf(), Map.of()), 409);

        assertThat(problem.path("detail").asText()).contains("已经结束");
        problem(handler.upload(path(itemNo) + "/" + id + "/versions", "二.pdf", SampleFiles.pdf(), Map.of()), 409);
        problem(handler.post(path(itemNo) + "/" + id + "/withdrawal", Map.of("reason", "x")), 409);
        problem(handler.post(path(itemNo) + "/reuse", Map.of("source", id, "measure", 1)), 409);
        assertThat(handler.download(path(itemNo) + "/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void aLaterVersionTakesThePlaceAndTheEarlierStays() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] first = SampleFiles.pdf();
        byte[] second = SampleFiles.pdf();
        String id = uploaded(itemNo, "说明.pdf", first, Map.of("measure", "2"));
        String versions = path(itemNo) + "/" + id + "/versions";

        JsonNode file = answer(handler.upload(versions, "说明修订.pdf", second, Map.of("note", "改错字")), 201);

        assertThat(file.path("version").asInt()).isEqualTo(2);
        assertThat(file.path("versions").findValuesAsText("name")).containsExactly("说明.pdf", "说明修订.pdf");
        assertThat(handler.download(path(itemNo) + "/" + id).body()).isEqualTo(second);
        assertThat(handler.download(path(itemNo) + "/" + id + "?version=1").body())
                .isEqualTo(first);
        problem(handler.get(path(itemNo) + "/" + id + "?version=3"), 404);
        assertThat(lastLine(itemNo).path("text").asText()).isEqualTo("更新佐证：措施 2“说明修订.pdf”（第 2 版）");
        answer(handler.upload(versions, "说明修订.pdf", second, Map.of()), 200);
        assertThat(list(itemNo).path("files").path(0).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsWithdrawnCountsNoLongerAndStays() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "拍错.jpg", SampleFiles.jpg(9, 9), Map.of("measure", "1"));
        String withdrawal = path(itemNo) + "/" + id + "/withdrawal";

        assertThat(problem(handler.post(withdrawal, Map.of("reason", " ")), 400)
                        .path("detail")
                        .asText())
                .isEqualTo("请填写撤回的理由。");
        JsonNode file = answer(handler.post(withdrawal, Map.of("reason", "拍错了路口")), 200);

        assertThat(file.path("withdrawn").path("byName").asText()).isEqualTo("程承办");
        assertThat(file.path("withdrawn").path("reason").asText()).isEqualTo("拍错了路口");
        assertThat(file.path("mayWithdraw").asBoolean()).isFalse();
        assertThat(list(itemNo).path("measures").path(0).path("lacking").asBoolean())
                .isTrue();
        assertThat(handler.download(path(itemNo) + "/" + id).statusCode()).isEqualTo(200);
        assertThat(lastLine(itemNo).path("text").asText()).isEqualTo("撤回佐证：措施 1“拍错.jpg”；理由：拍错了路口");
        problem(handler.post(withdrawal, Map.of("reason", "再撤")), 409);
        assertThatThrownBy(() -> jdbc.sql("delete from evidence where id = ?")
                        .param(Long.valueOf(id))
                        .update())
                .hasMessageContaining("stays as it was");
    }

    @Test
    void aFileIsEnoughForTheFourthGate() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Map<String, Object> fields = Samples.rectification(lifeCycle.today());
        fields.remove("measure2Evidence");
        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, fields))
                .isInstanceOf(RefusedException.class)
                .hasMessage("还差：措施 2 未上传佐证材料，也没有写明佐证在哪里（“无”不是佐证）。");

        uploaded(itemNo, "制度.docx", SampleFiles.docx(), Map.of("measure", "2"));
        lifeCycle.complete("handler", itemNo, fields);

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.VERIFYING);
        assertThat(Caller.script(port, "verifier")
                        .get("/api/tasks/" + lifeCycle.waiting(itemNo).taskId())
                        .body())
                .contains("已上传 1 个文件：制度.docx");
    }

    @Test
    void whatWasWithdrawnOrIsOfTheVerifiersDoesNotCountAtTheGate() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        answer(
                Caller.script(port, "verifier")
                        .upload(path(itemNo), "现场.jpg", SampleFiles.jpg(9, 9), Map.of("measure", "2")),
                201);
        Map<String, Object> finding = Samples.failedVerification(lifeCycle.today(), "第二处未按方案更换");
        lifeCycle.complete("verifier", itemNo, finding);
        String own = uploaded(itemNo, "制度.docx", SampleFiles.docx(), Map.of("measure", "2"));
        answer(handler.post(path(itemNo) + "/" + own + "/withdrawal", Map.of("reason", "不是这一份")), 200);
        Map<String, Object> fields = Samples.rectification(lifeCycle.today());
        fields.remove("measure2Evidence");

        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, fields))
                .hasMessage("还差：措施 2 未上传佐证材料，也没有写明佐证在哪里（“无”不是佐证）。");
    }

    @Test
    void whatWasHandedInStaysAndTheVerifiersAddWhatTheyFound() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "一.pdf", SampleFiles.pdf());
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        Caller verifier = Caller.script(port, "verifier");

        assertThat(problem(handler.post(path(itemNo) + "/" + id + "/withdrawal", Map.of("reason", "x")), 409)
                        .path("detail")
                        .asText())
                .contains("已提请核查");
        problem(handler.upload(path(itemNo) + "/" + id + "/versions", "二.pdf", SampleFiles.pdf(), Map.of()), 409);
        uploaded(itemNo, "补充.pdf", SampleFiles.pdf());
        JsonNode found = answer(verifier.upload(path(itemNo), "现场.jpg", SampleFiles.jpg(9, 9), Map.of()), 201)
                .path("files")
                .path(0);

        assertThat(found.path("purpose").asText()).isEqualTo("VERIFICATION");
        assertThat(lastLine(itemNo).path("action").asText()).isEqualTo("RECORD_EVIDENCE");
        problem(verifier.post(path(itemNo) + "/" + id + "/withdrawal", Map.of("reason", "x")), 403);
        String photo = path(itemNo) + "/" + found.path("id").asText() + "/withdrawal";
        problem(handler.post(photo, Map.of("reason", "x")), 403);
        problem(Caller.script(port, "verifier2").post(photo, Map.of("reason", "x")), 403);
        // Taking photos is no work that a verifier would have to verify.
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
    }

    @Test
    void whatAPartHoldsIsTakenOverAndNotAskedForAgain() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String elsewhere = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.DECOMPOSITION,
                whole,
                Samples.onePart(lifeCycle.item(whole).currentDue()));
        String part = lifeCycle.item(whole).openParts().get(0);
        byte[] receipt = SampleFiles.pdf();
        String held = answer(Caller.script(port, "handler2").upload(path(part), "验收单.pdf", receipt, Map.of()), 201)
                .path("files")
                .path(0)
                .path("id")
                .asText();

        JsonNode offers = answer(handler.get(path(whole) + "/offers?measure=1"), 200);
        assertThat(offers.path("offers").path(0).path("itemNo").asText()).isEqualTo(part);
        assertThat(offers.path("offers").path(0).path("file").path("name").asText())
                .isEqualTo("验收单.pdf");
        Map<String, Object> reuse = Map.of("source", Long.valueOf(held), "measure", 1);
        JsonNode taken = answer(handler.post(path(whole) + "/reuse", reuse), 201);

        assertThat(taken.path("takenFrom").path("itemNo").asText()).isEqualTo(part);
        assertThat(handler.download(path(whole) + "/" + taken.path("id").asText())
                        .body())
                .isEqualTo(receipt);
        assertThat(list(whole).path("measures").path(0).path("lacking").asBoolean())
                .isFalse();
        assertThat(lastLine(whole).path("text").asText()).isEqualTo("引用佐证：措施 1“验收单.pdf”（引自 " + part + "）");
        assertThat(answer(handler.get(path(whole) + "/offers?measure=1"), 200).path("offers"))
                .isEmpty();
        // For the other measure the item itself has it now.
        assertThat(answer(handler.get(path(whole) + "/offers?measure=2"), 200).path("offers"))
                .hasSize(1);
        answer(handler.post(path(whole) + "/reuse", reuse), 200);
        problem(handler.post(path(elsewhere) + "/reuse", reuse), 404);
        // The town does not see the whole: nothing of it is on offer there.
        uploaded(whole, "全局.pdf", SampleFiles.pdf());
        assertThat(answer(Caller.script(port, "handler2").get(path(part) + "/offers?measure="), 200)
                        .path("offers"))
                .isEmpty();
    }

    @Test
    void whoReadsFilesOfAPetitionIsWrittenDownOnceADay() {
        String itemNo = lifeCycle.itemAt(
                ItemStatus.RECTIFYING, Map.of("sourceType", "PETITION", "subject", "欧阳某", "visibility", "INTERNAL"));
        String plain = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String id = uploaded(itemNo, "信件.pdf", SampleFiles.pdf());
        String other = uploaded(plain, "说明.pdf", SampleFiles.pdf());
        Caller leader = Caller.script(port, "leader");

        leader.download(path(itemNo) + "/" + id);
        leader.download(path(itemNo) + "/" + id);
        leader.download(path(plain) + "/" + other);

        assertThat(auditTrail.page(AuditEventKind.PERSONAL_DATA_SHOWN, "leader", null, 200))
                .extracting(AuditEvent::subject)
                .containsOnlyOnce(itemNo + " evidence")
                .doesNotContain(plain + " evidence");
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String head =
                """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Basic %s\r
                Content-Type: multipart/form-data; boundary=b\r
                Content-Length: 4000000\r
                \r
                --b\r
                Content-Disposition: form-data; name="file"; filename="a.pdf"\r
                \r
                """.formatted(path(itemNo), Base64.getEncoder().encodeToString("handler:guiling-demo".getBytes(UTF_8)));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(UTF_8));
            out.write(Arrays.copyOf(SampleFiles.pdf(), 2_000_000));
            out.flush();
            await().untilAsserted(() -> assertThat(onTheirWay()).isNotEmpty());
        }

        await().untilAsserted(() -> assertThat(onTheirWay()).isEmpty());
        assertThat(list(itemNo).path("files")).isEmpty();
    }

    @Test
    void questionsThatMeanNothingAreRefused() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        problem(handler.upload(path(itemNo), "一.pdf", SampleFiles.pdf(), Map.of("measure", "9")), 400);
        problem(handler.upload(path(itemNo), "一.pdf", SampleFiles.pdf(), Map.of("measure", "x")), 400);
        problem(handler.upload(path(itemNo), "一.pdf", SampleFiles.pdf(), Map.of("note", "长".repeat(301))), 400);
        problem(handler.post(path(itemNo) + "/reuse", Map.of()), 400);
        problem(handler.get(path(itemNo) + "/x"), 400);
        problem(handler.get(path(itemNo) + "/0"), 404);
        problem(handler.post(path(itemNo), Map.of()), 415);
        assertThat(list(itemNo).path("files")).isEmpty();
    }

    private static String path(String itemNo) {
        return "/api/items/" + itemNo + "/evidence";
    }

    private JsonNode list(String itemNo) {
        return answer(Caller.script(port, "leader").get(path(itemNo)), 200);
    }

    private String uploaded(String itemNo, String name, byte[] content) {
        return uploaded(itemNo, name, content, Map.of());
    }

    private String uploaded(String itemNo, String name, byte[] content, Map<String, String> fields) {
        return answer(handler.upload(path(itemNo), name, content, fields), 201)
                .path("files")
                .path(0)
                .path("id")
                .asText();
    }

    private JsonNode lastLine(String itemNo) {
        JsonNode entries = answer(Caller.script(port, "leader").get("/api/items/" + itemNo + "/timeline"), 200)
                .path("entries");
        return entries.path(entries.size() - 1);
    }

    private int lines(String itemNo) {
        return answer(handler.get("/api/items/" + itemNo + "/timeline"), 200)
                .path("entries")
                .size();
    }

    private void assertNothingIsOnItsWay() {
        assertThat(onTheirWay()).isEmpty();
    }

    private List<Path> onTheirWay() {
        try (Stream<Path> files = Files.list(properties.incoming())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
