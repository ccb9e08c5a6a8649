package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The name that somebody searches for is in no address: neither where a form leads, nor in a link, nor of a program. */
@GuilingTest
class SearchWordsTest {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");
    private static final Pattern EXPORT = Pattern.compile("href=\"(/api/exports/ledger.xlsx\\?[^\"]*)\"");
    private static final Pattern GET_FORM = Pattern.compile("<form [^>]*method=\"get\".*?</form>", Pattern.DOTALL);
    private static final Pattern FREE_TEXT = Pattern.compile("type=\"(search|text)\"[^>]* name=\"(\\w+)\"");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    private String name;
    private String encoded;
    private String itemNo;

    @BeforeEach
    void register() {
        name = "欧阳" + UUID.randomUUID().toString().substring(0, 4);
        encoded = URLEncoder.encode(name, UTF_8);
        Map<String, Object> fields = lifeCycle.registration();
        fields.putAll(Map.of("sourceType", "PETITION", "subject", name));
        itemNo = lifeCycle.register(fields);
    }

    @Test
    void theListItsLinksAndItsExportHaveAKeyInPlaceOfTheWords() {
        Caller reviewer = Caller.browser(port, "reviewer");

        String list = search(reviewer, "/items", Map.of("text", name, "urgency", "NORMAL", "sort", "NEWEST"));

        assertThat(list)
                .startsWith("/items?")
                .contains("search=", "sort=NEWEST")
                .doesNotContain("_csrf", "_once");
        String page = reviewer.get(list).body();
        assertThat(page).contains("共 1 件", itemNo, "value=\"" + name + "\"");
        assertThat(links(page)).noneMatch(this::tellsTheName);
        assertThat(search(reviewer, "/items", Map.of("text", name, "urgency", "NORMAL", "sort", "NEWEST")))
                .as("the same words keep their key")
                .isEqualTo(list);
        HttpResponse<byte[]> export = reviewer.download(export(page));
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(items(export.body())).containsExactly(itemNo);
    }

    @ParameterizedTest
    @CsvSource({"/items, reviewer", "/todos, reviewer", "/administration/people, administrator"})
    void noLinkOfASearchedPageTellsTheWords(String path, String person) {
        Caller caller = Caller.browser(port, person);

        String list = search(caller, path, Map.of("text", name));
        String page = caller.get(list).body();

        assertThat(tellsTheName(list)).as(list).isFalse();
        assertThat(page).contains("value=\"" + name + "\"");
        assertThat(links(page)).noneMatch(this::tellsTheName);
    }

    @Test
    void aSavedViewOpensWithAKeyAsWell() {
        Caller reviewer = Caller.browser(port, "reviewer");
        Map<String, String> shown = Map.of("text", name, "sort", "DUE", "columns", "status", "name", "信访人");

        String saved = reviewer.location(reviewer.submit("/items/views", reviewer.csrf("/items"), shown));

        assertThat(tellsTheName(saved)).as(saved).isFalse();
        String later = Caller.browser(port, "reviewer").get("/items?sort=DUE").body();
        assertThat(links(later)).noneMatch(this::tellsTheName);
        Caller again = Caller.browser(port, "reviewer");
        String view = links(again.get("/items?sort=DUE").body()).stream()
                .filter(link -> link.contains("view="))
                .findFirst()
                .orElseThrow();
        assertThat(again.get(view).body()).contains("共 1 件", itemNo).doesNotContain("尚未存入视图");
        again.submit(
                "/items/views/" + view.replaceAll(".*view=", ""),
                again.csrf("/items?sort=DUE"),
                Map.of("sort", "DUE", "action", "delete"));
    }

    @Test
    void anothersKeyFindsNothingAndIsToldOf() {
        Caller reviewer = Caller.browser(port, "reviewer");
        String list = search(reviewer, "/items", Map.of("text", name, "level", "2"));
        String exported = export(reviewer.get(list).body());
        Caller leader = Caller.browser(port, "leader");

        assertThat(leader.get(list).body())
                .contains("网址里的搜索词已不再保留")
                .doesNotContain(name, "共 1 件")
                .contains("name=\"level\" value=\"2\"");
        assertThat(problem(leader.get(exported), 400).toString()).contains("不再保留");
    }

    @Test
    void theNumberOfAnItemStaysInTheAddressForOthersToOpen() {
        Caller reviewer = Caller.browser(port, "reviewer");

        assertThat(search(reviewer, "/items", Map.of("text", itemNo))).isEqualTo("/items?text=" + itemNo);
    }

    @Test
    void whatIsLongerThanAnybodysNameIsRefused() {
        Caller reviewer = Caller.browser(port, "reviewer");

        HttpResponse<String> refused =
                reviewer.submit("/items/search", reviewer.csrf("/items"), Map.of("text", "长".repeat(1_001)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("最多 1000 个字");
        assertThat(reviewer.submit("/items/search", reviewer.csrf("/items"), Map.of("leadUnit", "x".repeat(100_000)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void goingBackLeadsToFiftySearchesAndNoFurther() {
        Caller reviewer = Caller.browser(port, "reviewer");
        String csrf = reviewer.csrf("/items");
        List<String> lists = Stream.iterate(0, count -> count + 1)
                .limit(SearchWords.KEPT + 1)
                .map(count -> reviewer.location(reviewer.submit("/items/search", csrf, Map.of("text", name + count))))
                .toList();

        assertThat(reviewer.get(lists.get(0)).body()).contains("网址里的搜索词已不再保留");
        assertThat(reviewer.get(lists.get(1)).body()).contains("value=\"" + name + "1\"");
    }

    @Test
    void aProgramSendsTheWordsInAHeader() {
        Caller program = Caller.script(port, "reviewer").with(SearchWordsFilter.HEADER, encoded);

        assertThat(answer(program.get("/api/items"), 200).path("items"))
                .singleElement()
                .satisfies(item -> assertThat(item.path("itemNo").asText()).isEqualTo(itemNo));
        assertThat(items(program.download("/api/exports/ledger.xlsx").body())).containsExactly(itemNo);
        problem(program.get("/api/items?text=x"), 400);
        problem(
                Caller.script(port, "reviewer")
                        .with(SearchWordsFilter.HEADER, "%00")
                        .get("/api/items"),
                400);
        problem(
                Caller.script(port, "reviewer")
                        .with(SearchWordsFilter.HEADER, "%zz")
                        .get("/api/items"),
                400);
    }

    /** Names of units, texts of messages and accounts are nobody's secret; whatever else is searched for goes in a body. */
    @Test
    void noFormOfAPageSendsWordsInTheAddress() throws IOException {
        try (Stream<Path> templates = Files.list(Path.of("src/main/resources/templates"))) {
            List<String> fields =
                    templates.sorted().flatMap(SearchWordsTest::freeTexts).toList();

            assertThat(fields)
                    .containsExactly("administration-units.html text", "audit.html actor", "rules-texts.html text");
        }
    }

    private static List<String> items(byte[] workbook) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            return StreamSupport.stream(book.getSheetAt(0).spliterator(), false)
                    .map(row -> row.getCell(0).getStringCellValue())
                    .filter(ItemNumber::matches)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> freeTexts(Path template) {
        try {
            return GET_FORM.matcher(Files.readString(template))
                    .results()
                    .flatMap(form -> FREE_TEXT.matcher(form.group()).results())
                    .map(field -> template.getFileName() + " " + field.group(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String search(Caller caller, String page, Map<String, String> fields) {
        return caller.location(caller.submit(page + "/search", caller.csrf(page), fields));
    }

    private boolean tellsTheName(String link) {
        return link.contains(name) || link.contains(encoded) || link.contains("text=");
    }

    private static List<String> links(String page) {
        return LINK.matcher(page)
                .results()
                .map(link -> link.group(1).replace("&amp;", "&"))
                .toList();
    }

    private static String export(String page) {
        Matcher link = EXPORT.matcher(page);
        assertThat(link.find()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }
}
