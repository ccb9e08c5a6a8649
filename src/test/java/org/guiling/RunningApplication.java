package org.guiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The application in a process of its own, for what would take the test's JVM with it. */
public record RunningApplication(Process process, Path logFile) {

    /** Of a start on a machine that has other things to do; bounds a test that hangs. */
    public static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Unpacked once for all: that takes a third of a start. */
    public static final Path POSTGRES = Path.of("target", "postgres").toAbsolutePath();

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    public static RunningApplication start(Path logFile, List<String> arguments) throws IOException {
        return start(logFile, List.of(), arguments);
    }

    public static RunningApplication start(Path logFile, List<String> jvm, List<String> arguments) throws IOException {
        List<String> program = new ArrayList<>(jvm);
        program.addAll(List.of("-Xmx700m", "-cp", classPath(), "org.guiling.GuilingApplication"));
        return launch(logFile, program, arguments);
    }

    /** Starts what {@code mvn package} has built. */
    public static RunningApplication startJar(Path jar, Path logFile, List<String> jvm, List<String> arguments)
            throws IOException {
        List<String> program = new ArrayList<>(jvm);
        program.addAll(List.of("-jar", jar.toString()));
        return launch(logFile, program, arguments);
    }

    private static RunningApplication launch(Path logFile, List<String> program, List<String> arguments)
            throws IOException {
        Files.createDirectories(logFile.getParent());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Lives for a minute: what makes code fast for hours would take half of it.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(program);
        command.add("--server.port=0");
        command.add("--guiling.database.embedded.binaries=" + POSTGRES);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logFile.toFile())
                .start();
        return new RunningApplication(process, logFile);
    }

    /** Surefire starts this test from a jar that only names the real class path; both together would be twice. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("surefire"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    public String log() throws IOException {
        return Files.readString(logFile);
    }

    /** The first value that a statement finds in the embedded database of a data folder, past the application. */
    public static String query(Path data, String sql) throws IOException, SQLException {
        String port = Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(data.resolve("postgres.password")).strip();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    public void awaitReady() throws Exception {
        await("Started GuilingApplication");
        awaitReadiness(200);
    }

    /** Waits until the log has the words. */
    public void await(String words) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!log().contains(words)) {
            goOnWaiting(deadline);
        }
    }

    /** Waits until the application says with this status whether it takes work. */
    public void awaitReadiness(int status) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (health("/readiness").statusCode() != status) {
            goOnWaiting(deadline);
        }
    }

    private void goOnWaiting(long deadline) throws Exception {
        assertThat(process.isAlive()).as(log()).isTrue();
        assertThat(System.nanoTime()).as(log()).isLessThan(deadline);
        process.waitFor(200, TimeUnit.MILLISECONDS);
    }

    public HttpResponse<String> health(String probe) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/actuator/health" + probe))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    public int port() throws IOException {
        Matcher port = PORT.matcher(log());
        assertThat(port.find()).as(log()).isTrue();
        return Integer.parseInt(port.group(1));
    }
}
