package org.guiling.web.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.guiling.GuilingTest;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests the texts and questions of the import's pages before anything is stored. */
@GuilingTest
class ImportPagesTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final String CHECK = "/imports/check";

    @LocalServerPort
    int port;

    Caller registrar;
    String source;

    @BeforeEach
    void signOn() {
        registrar = Caller.browser(port, "registrar");
        source = "测试〔2026〕" + UUID.randomUUID();
    }

    @Test
    void aNameOfAUnitIsConfirmedOnThePageAndTheFileCheckedAgain() {
        String name = "旧教育局" + UUID.randomUUID().toString().substring(0, 8);
        byte[] list = ("序号,问题,责任单位\n1,示例学校食堂燃气管道老化，未按期检测。," + name + "\n").getBytes(UTF_8);

        String page = checked("list.csv", list);
        assertThat(page).contains("没有认出的单位", name, "按“问题清单”读取").doesNotContain("??");

        registrar.submit(
                "/imports/units",
                registrar.csrf(CHECK),
                Map.of("token", token(page), "name", name, "unit", "education-bureau"));
        page = registrar.get(CHECK).body();
        assertThat(page).doesNotContain("没有认出的单位").contains("name=\"mode\" value=\"all-or-nothing\"");
    }

    @Test
    void hiddenRowsAreLeftOutOnDemand() {
        String page = checked("f17-filtered-rows.xlsx", sample("f17-filtered-rows.xlsx"));
        assertThat(page).contains("文件里有 1 行被筛选或隐藏", "第 3 行");

        registrar.submit("/imports/hidden", registrar.csrf(CHECK), Map.of("token", token(page), "leave", "true"));
        page = registrar.get(CHECK).body();
        assertThat(page).contains("隐藏的行已按您的选择排除").doesNotContain("??");
    }

    @Test
    void rowsThatAreLikeEarlierOnesAreShownAndLeftOutOnDemand() {
        String text = UUID.randomUUID() + "食堂燃气管道老化，三个月未按期检测。,市教育局（示例）\n";
        byte[] list = ("序号,问题,责任单位\n1," + text + "2," + text.replace("三个月", "四个月")).getBytes(UTF_8);

        String page = checked("list.csv", list);
        assertThat(page)
                .contains("与本文件第 2 行相似", "【四】", "【三】", "相似，待核对", "name=\"leaveSimilar\"", "（查到 1 行）")
                .doesNotContain("??");
        registrar.submit(
                "/imports/run",
                registrar.csrf(CHECK),
                Map.of("token", token(page), "mode", "all-or-nothing", "leaveSimilar", "true"));
        assertThat(registrar.get("/imports/result").body())
                .contains("已导入 1 件", "相似，未导入", "按您的选择没有导入")
                .doesNotContain("??", "相似，待核对");

        page = checked("list.csv", list);
        registrar.submit("/imports/run", registrar.csrf(CHECK), Map.of("token", token(page), "mode", "all-or-nothing"));
        assertThat(registrar.get("/imports/result").body()).contains("已导入 1 件").doesNotContain("按您的选择没有导入");
    }

    @Test
    void differencesAreShownAndTakenOver() {
        String page = checked("f06.xlsx", sample("f06-a-first-list.xlsx"));
        registrar.submit("/imports/run", registrar.csrf(CHECK), Map.of("token", token(page), "mode", "all-or-nothing"));

        page = checked("f07.xlsx", sample("f07-b-due-and-unit-changed.xlsx"));
        assertThat(page)
                .contains("与台账不同的内容", "市教育局（示例）", "市民政局（示例）", "2027-01-31", "可随导入更新", "同时按清单更新")
                .doesNotContain("??");
        registrar.submit(
                "/imports/run",
                registrar.csrf(CHECK),
                Map.of("token", token(page), "mode", "valid-rows", "takeOver", "true"));
        assertThat(registrar.get("/imports/result").body())
                .contains("已按清单更新 1 件")
                .doesNotContain("??");
    }

    @Test
    void longListsOfProblemsTurnPages() {
        String list = "序号,问题,责任单位\n"
                + IntStream.rangeClosed(1, 250).mapToObj(i -> i + ",短,\n").collect(Collectors.joining());

        String page = checked("list.csv", list.getBytes(UTF_8));
        assertThat(page).contains("第 1–100 条", "下一页");
        assertThat(registrar.get(CHECK + "?page=1").body())
                .contains("第 101–200 条", "上一页")
                .doesNotContain("??");
        assertThat(registrar.get(CHECK + "?page=99").statusCode()).isEqualTo(200);
    }

    private String checked(String name, byte[] content) {
        registrar.upload(
                CHECK,
                name,
                content,
                Map.ofEntries(
                        Map.entry("_csrf", registrar.csrf("/imports")),
                        Map.entry("profile", "auto"),
                        Map.entry("sourceType", "SUPERVISION"),
                        Map.entry("sourceDocNo", source),
                        Map.entry("foundDate", "2026-11-20"),
                        Map.entry("foundBy", "示例检查组"),
                        Map.entry("category", "SAFETY"),
                        Map.entry("level", "1"),
                        Map.entry("urgency", "NORMAL"),
                        Map.entry("systemic", "NO"),
                        Map.entry("visibility", "INTERNAL")));
        return registrar.get(CHECK).body();
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static byte[] sample(String name) {
        try (InputStream content = ImportPagesTest.class.getResourceAsStream("/imports/cases/" + name)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
