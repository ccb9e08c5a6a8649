package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Clients that openapi-generator makes of {@code /v3/api-docs}, in Java and in Python, take an item from registration
 * to closure, by access token and with evidence. The generator is a program of its own: nothing of it is on our class
 * path.
 */
@GuilingTest
class GeneratedClientsTest {

    private static final Path GENERATOR = Path.of(
            System.getProperty("guiling.openapi-generator", "target/openapi-generator/openapi-generator-cli.jar"));

    private static final Path WORK = Path.of("target/clients");
    private static final String PYTHON = System.getProperty("guiling.python", "python3");

    /** Of a machine that has other things to do; bounds a process that hangs. */
    private static final int PATIENCE_MINUTES = 10;

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    AccessTokens tokens;

    @Autowired
    ObjectMapper json;

    @BeforeEach
    void theGeneratorIsThere() {
        skipUnless(
                Files.isRegularFile(GENERATOR),
                "no generator at " + GENERATOR + "; mvn process-test-classes brings it");
    }

    @Test
    void aGeneratedJavaClientTakesAnItemToClosure() throws Exception {
        Path client = generate(
                "java",
                "--library=restclient",
                "--additional-properties=openApiNullable=false,useJakartaEe=true,useAbstractionForFiles=true,invokerPackage=org.guiling.client,"
                        + "apiPackage=org.guiling.client.api,modelPackage=org.guiling.client.model");
        Path classes = Files.createDirectories(client.resolve("classes"));
        compile(client, classes);

        String end;
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            end = (String) loader.loadClass("Journey")
                    .getMethod("walk", String.class)
                    .invoke(null, json.writeValueAsString(journey()));
        }

        isClosed(end);
    }

    @Test
    void aGeneratedPythonClientTakesAnItemToClosure() throws Exception {
        skipUnless(
                runs(PYTHON, "-c", "import pydantic, urllib3, dateutil, typing_extensions"),
                PYTHON + " with pydantic, urllib3, python-dateutil and typing_extensions is not on this machine");
        Path client = generate("python", "--additional-properties=packageName=guiling_client");
        Path plan = client.resolve("journey.json");
        Files.writeString(plan, json.writeValueAsString(journey()));
        Path journey = client.resolve("journey.py");
        Files.write(
                journey, getClass().getResourceAsStream("/clients/journey.py").readAllBytes());

        isClosed(run(PYTHON, journey.toString(), plan.toString()));
    }

    private void isClosed(String end) {
        String[] parts = end.strip().split("\\s+");
        assertThat(parts[parts.length - 1]).endsWith("CLOSED");
        assertThat(lifeCycle.item(parts[0]).status()).isEqualTo(ItemStatus.CLOSED);
    }

    private Path generate(String language, String... options) throws Exception {
        Path description = Files.createDirectories(WORK).resolve("api-docs.json");
        Files.writeString(
                description,
                Caller.script(port, "registrar").get("/v3/api-docs").body());
        Path client = WORK.resolve(language);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                GENERATOR.toString(),
                "generate",
                "--generator-name=" + language,
                "--input-spec=" + description,
                "--output=" + client,
                "--global-property=apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
        command.addAll(List.of(options));
        run(command.toArray(String[]::new));
        return client;
    }

    private void compile(Path client, Path classes) throws IOException {
        Path journey = client.resolve("src/main/java/Journey.java");
        Files.write(
                journey, getClass().getResourceAsStream("/clients/Journey.java").readAllBytes());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8);
                Stream<Path> sources = Files.walk(client.resolve("src/main/java"))) {
            List<File> all = sources.filter(source -> source.toString().endsWith(".java"))
                    .map(Path::toFile)
                    .toList();
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-classpath", classPath()),
                            null,
                            files.getJavaFileObjectsFromFiles(all))
                    .call();
            assertThat(compiled).as("compiled").isTrue();
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The steps of the item: the person of each, their fields and files. */
    private Map<String, Object> journey() throws IOException {
        Map<String, Object> rectification = Samples.rectification(lifeCycle.today());
        rectification.keySet().removeIf(field -> field.endsWith("Evidence"));
        List<Map<String, Object>> evidence = List.of(
                Map.of("measure", 1, "path", file("after.jpg", SampleFiles.jpg(200, 100))),
                Map.of("measure", 2, "path", file("rules.pdf", SampleFiles.pdf())));
        return Map.of(
                "address",
                "http://127.0.0.1:" + port,
                "tokens",
                tokens("registrar", "reviewer", "handler", "supervisor", "verifier", "leader"),
                "registration",
                lifeCycle.registration(),
                "steps",
                List.of(
                        step("reviewer", "review-registration", Samples.acceptance()),
                        step("handler", "claim-item", Samples.claim("handler")),
                        step("handler", "draft-plan", Samples.plan(lifeCycle.today())),
                        step("supervisor", "approve-plan", Samples.planApproval()),
                        Map.of("person", "handler", "task", "rectify", "fields", rectification, "evidence", evidence),
                        step("verifier", "verify", Samples.verification(lifeCycle.today())),
                        step("supervisor", "sign-off", Samples.signOff())));
    }

    private static Map<String, Object> step(String person, String task, Map<String, Object> fields) {
        return Map.of("person", person, "task", task, "fields", fields);
    }

    private static String file(String name, byte[] content) throws IOException {
        return Files.write(Files.createDirectories(WORK).resolve(name), content)
                .toAbsolutePath()
                .toString();
    }

    private Map<String, String> tokens(String... people) {
        Map<String, String> all = new HashMap<>();
        Arrays.stream(people).forEach(person -> all.put(person, tokens.create(person, "generated client", 1)));
        return all;
    }

    /** Says loudly what was not tried: a skipped test is easily overlooked. */
    private static void skipUnless(boolean there, String what) {
        if (!there) {
            System.err.println("GENERATED CLIENT NOT TRIED: " + what);
        }
        assumeTrue(there, what);
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path log = Files.createDirectories(WORK).resolve("run.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .as("ended: %s", log)
                .isTrue();
        String said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
