package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.guiling.GuilingTest;
import org.guiling.web.support.Caller;
import org.guiling.web.support.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every input has a row in the tables of {@code docs/security.md}, and each row's limits hold. */
@GuilingTest
class InputLimitsTest {

    private static final Path TABLES = Path.of("docs/security.md");
    private static final String DOORS = "| door | body | size |";
    private static final String FILES = "| file | sent to | size |";
    private static final String ADMINISTRATOR = "\r\nAuthorization: Basic "
            + Base64.getEncoder().encodeToString("administrator:guiling-demo".getBytes(UTF_8));
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    private static final Map<String, Path> SHIPPED = Map.of(
            "2027.yaml", Path.of("src/main/resources/calendar/2026.yaml"),
            "limits.dmn", Path.of("processes/time-limits.dmn"),
            "assignment.docx", Path.of("src/main/resources/documents/assignment.docx"),
            "ledger.yaml", Path.of("src/main/resources/import-profiles/ledger.yaml"));

    @LocalServerPort
    int port;

    @Autowired
    Collection<RequestMappingHandlerMapping> mappings;

    @Autowired
    PaceProperties pace;

    @Autowired
    Environment environment;

    private record Door(
            String door, String body, DataSize size, int depth, String time, int beyondSize, int beyondDepth) {

        static Door of(List<String> cells) {
            return new Door(
                    cells.get(0),
                    cells.get(1),
                    dataSize(cells.get(2)),
                    number(cells.get(3)),
                    cells.get(4),
                    number(cells.get(5)),
                    number(cells.get(6)));
        }

        boolean has(FuzzTarget target) {
            return door.equals(doorOf(target)) && body.equals(bodyOf(target));
        }

        @Override
        public String toString() {
            return body + " to " + door;
        }
    }

    private record UploadedFile(String name, String path, DataSize size, int depth, String said) {

        static UploadedFile of(List<String> cells) {
            return new UploadedFile(
                    cells.get(0).replaceAll(",.*", ""),
                    cells.get(1),
                    dataSize(cells.get(2)),
                    number(cells.get(3)),
                    cells.get(4));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Door> doors() {
        return rows(DOORS).stream().map(Door::of).toList();
    }

    /** The doors whose bodies may be nested. */
    static List<Door> nestedDoors() {
        return doors().stream().filter(row -> row.depth() > 0).toList();
    }

    static List<UploadedFile> files() {
        return rows(FILES).stream().map(UploadedFile::of).toList();
    }

    @Test
    void everyRouteThatReadsABodyHasOneRow() {
        List<Door> rows = doors();

        List<FuzzTarget> without =
                targets(target -> rows.stream().filter(row -> row.has(target)).count() != 1);

        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whatIsLargerIsRefusedBeforeItIsRead(Door row) {
        Map<FuzzTarget, Integer> others = targetsOf(row).stream()
                .collect(toMap(target -> target, target -> statusOf(row, target, sizeOf(row) + 1)));
        others.values().removeIf(status -> status == row.beyondSize());

        assertThat(others).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whatIsNotLargerIsNotTooLarge(Door row) {
        FuzzTarget one = targetsOf(row).iterator().next();

        assertThat(statusOf(row, one, sizeOf(row))).isNotEqualTo(row.beyondSize());
    }

    @ParameterizedTest
    @MethodSource("nestedDoors")
    void whatIsNestedDeeperIsRefused(Door row) {
        Caller caller = callerAt(row);
        Set<Integer> statuses = new HashSet<>();
        for (FuzzTarget target : targetsOf(row)) {
            int status = send(caller, target, nested(row.depth() + 1)).statusCode();
            assertThat(status).as(target.toString()).isBetween(400, 499);
            statuses.add(status);
        }

        assertThat(statuses).contains(row.beyondDepth());
    }

    @ParameterizedTest
    @MethodSource("nestedDoors")
    void theDepthIsTheOneThatIsTold(Door row) {
        FuzzTarget probe = targetsOf(row).stream()
                .filter(target -> target.toString().matches("POST .*(/task/count|/api/items|/Users)"))
                .findFirst()
                .orElseThrow();

        HttpResponse<String> allowed = send(callerAt(row), probe, nested(row.depth()));
        HttpResponse<String> deeper = send(callerAt(row), probe, nested(row.depth() + 1));

        assertThat(deeper.statusCode()).isEqualTo(row.beyondDepth());
        assertThat(deeper.body()).isNotEqualTo(allowed.body());
    }

    @ParameterizedTest
    @MethodSource("doors")
    void theTimeIsTheOneThatIsSet(Door row) {
        String people = "%d s, then %d KB a second"
                .formatted(pace.grace().toSeconds(), pace.slowestRate().toKilobytes());
        String strangers = "%d s".formatted(pace.strangersTime().toSeconds());

        assertThat(row.time()).isEqualTo(row.door().equals("/login") ? strangers : people);
        assertThat(pace.longest(row.size().toBytes(), false)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsAsLargeAsItMayBe(UploadedFile file) {
        int size = (int) file.size().toBytes();

        assertThat(pageAfter(file, padded(file, size))).doesNotContain(file.said());
        assertThat(pageAfter(file, padded(file, size + 1))).contains("alert-danger", file.said());
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatIsNestedDeeperIsRefused(UploadedFile file) {
        int deep = file.depth() + 1;
        String content =
                file.name().endsWith(".yaml") ? "- ".repeat(deep) + "x" : "<a>".repeat(deep) + "</a>".repeat(deep);

        assertThat(pageAfter(file, content.getBytes(UTF_8))).contains("alert-danger");
    }

    /** In bytes; evidence may be smaller in tests, so that they need not send so much. */
    private long sizeOf(Door row) {
        if (!row.body().equals("evidence")) {
            return row.size().toBytes();
        }
        assertThat(shipped("guiling.evidence.largest-upload"))
                .isEqualTo(row.size().toMegabytes() + "MB");
        return DataSize.parse(environment.getRequiredProperty("guiling.evidence.largest-upload"))
                .toBytes();
    }

    private static Object shipped(String property) {
        YamlPropertiesFactoryBean application = new YamlPropertiesFactoryBean();
        application.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        return Objects.requireNonNull(application.getObject()).getProperty(property);
    }

    private Collection<FuzzTarget> targetsOf(Door row) {
        List<FuzzTarget> found = row.door().equals("/login")
                ? List.of(new FuzzTarget(
                        FuzzTarget.Door.PAGE, "POST", "/login", List.of(), List.of(), FuzzTarget.Body.FORM, Map.of()))
                : targets(row::has);
        assertThat(found).as(row.toString()).isNotEmpty();
        return found;
    }

    private List<FuzzTarget> targets(Predicate<FuzzTarget> which) {
        FuzzTargets targets = new FuzzTargets(Map.of(), List.of());
        targets.described(Caller.answer(
                Caller.browser(port, "operator")
                        .with("Accept", "application/json")
                        .get("/v3/api-docs"),
                200));
        targets.declared(mappings);
        targets.ofTheEngine(ENGINE, FuzzTarget.Door.WEB_APP);
        targets.ofTheEngine("/engine-rest", FuzzTarget.Door.ENGINE_REST);
        return targets.all().stream()
                .filter(target -> target.body() != FuzzTarget.Body.NONE)
                .filter(which)
                .toList();
    }

    private static String doorOf(FuzzTarget target) {
        return switch (target.door()) {
            case PAGE -> "pages";
            case API -> "/api";
            case SCIM -> "/scim";
            case WEB_APP -> "/camunda/api";
            case ENGINE_REST -> "/engine-rest";
        };
    }

    private static String bodyOf(FuzzTarget target) {
        return switch (target.body()) {
            case MULTIPART -> target.path().contains("/evidence") ? "evidence" : "upload";
            case FORM -> "form";
            default -> "JSON";
        };
    }

    /** A stranger's body is counted as it comes; a page that tells of a refused upload reads what was sent. */
    private int statusOf(Door row, FuzzTarget target, long length) {
        String head = "%s %s HTTP/1.1\r\nAccept: text/html\r\nContent-Type: %s"
                .formatted(target.method(), filled(target), contentType(row));
        if (row.door().equals("/login")) {
            String form = "username=nobody&password=";
            return RawHttp.send(port, head, (form + "x".repeat((int) length - form.length())).getBytes(UTF_8))
                    .status();
        }
        return row.door().equals("pages") && row.body().equals("upload")
                ? RawHttp.send(port, head + session(), upload((int) length)).status()
                : statusOfAnnounced(target, head + ADMINISTRATOR, length);
    }

    private String session() {
        Caller browser = Caller.browser(port, "administrator");
        String token = browser.csrf("/");
        return "\r\nX-CSRF-TOKEN: %s\r\nCookie: JSESSIONID=%s"
                .formatted(token, browser.cookie("JSESSIONID").orElseThrow());
    }

    private static byte[] upload(int length) {
        byte[] begin = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n".getBytes(UTF_8);
        byte[] end = "\r\n--x--\r\n".getBytes(UTF_8);
        return ByteBuffer.allocate(length)
                .put(begin)
                .put(length - end.length, end)
                .array();
    }

    private static String contentType(Door row) {
        return switch (row.body()) {
            case "form" -> "application/x-www-form-urlencoded";
            case "JSON" -> "application/json";
            default -> "multipart/form-data; boundary=x";
        };
    }

    /** Of a body of which nothing is sent but how long it is. */
    private int statusOfAnnounced(FuzzTarget target, String begin, long length) {
        String head = "%s\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n".formatted(begin, length);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.shutdownOutput();
            String start = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            return start.isEmpty() ? 0 : Integer.parseInt(start.substring(9));
        } catch (IOException e) {
            throw new UncheckedIOException(target.toString(), e);
        }
    }

    private Caller callerAt(Door row) {
        if (!row.door().equals("/camunda/api")) {
            return Caller.script(port, row.door().equals("/engine-rest") ? "operator" : "administrator");
        }
        return Caller.webApp(port, "operator");
    }

    private static HttpResponse<String> send(Caller caller, FuzzTarget target, String body) {
        String type = target.door() == FuzzTarget.Door.SCIM ? "application/scim+json" : "application/json";
        return caller.send(target.method(), filled(target), type, BodyPublishers.ofString(body));
    }

    private static String filled(FuzzTarget target) {
        return target.path().replaceAll("\\{[^}/]*\\}", "x");
    }

    private static String nested(int depth) {
        return "{\"x\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static byte[] shippedFile(String name) {
        try {
            return Files.readAllBytes(SHIPPED.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] padded(UploadedFile file, int size) {
        byte[] shipped = shippedFile(file.name());
        byte[] content = Arrays.copyOf(shipped, size);
        Arrays.fill(content, shipped.length, size, (byte) '\n');
        return content;
    }

    private String pageAfter(UploadedFile file, byte[] content) {
        Caller administrator = Caller.browser(port, "administrator");
        String page = file.path().replace("/profile-upload", "/profiles").replaceAll("/check$", "");
        HttpResponse<String> answer =
                administrator.upload(file.path(), file.name(), content, Map.of("_csrf", administrator.csrf(page)));
        assertThat(answer.statusCode()).isLessThan(500);
        return answer.statusCode() == 302
                ? administrator.get(administrator.location(answer)).body()
                : answer.body();
    }

    private static List<List<String>> rows(String head) {
        try {
            List<String> lines = Files.readAllLines(TABLES);
            int first = lines.indexOf(lines.stream()
                            .filter(line -> line.startsWith(head))
                            .findFirst()
                            .orElseThrow())
                    + 2;
            List<List<String>> rows = new ArrayList<>();
            for (int i = first; lines.get(i).startsWith("|"); i++) {
                rows.add(Arrays.stream(lines.get(i).substring(1).split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList());
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSize dataSize(String cell) {
        return DataSize.parse(cell.replaceAll("[ ,]", ""));
    }

    private static int number(String cell) {
        return cell.isEmpty() ? 0 : Integer.parseInt(cell.replace(",", ""));
    }
}
