import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;

/**
 * Prints where the time of the tests went, from the reports of Surefire and Failsafe: {@code java .ci/Slowest.java}, after
 * {@code mvn verify}. Seconds are those of a class in its JVM; two JVMs run side by side. With {@code order} it prints
 * what belongs into {@code src/test/surefire/.surefire-slowest} instead.
 */
final class Slowest {

    private static final int SHOWN = 30;

    /** The report of Surefire on a class, without its single tests. */
    private record Suite(String name, double seconds, int tests, int failures, int errors, int skipped) {}

    private record Total(int classes, int tests, double seconds) {

        Total plus(Suite suite) {
            return new Total(classes + 1, tests + suite.tests(), seconds + suite.seconds());
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<Suite> integration = suites(Path.of("target", "failsafe-reports"));
        if (List.of(arguments).contains("order")) {
            integration.forEach(suite -> System.out.printf("1,%d,%s,all%n", Math.round(suite.seconds() * 1000), suite.name()));
            return;
        }
        List<Suite> suites = new ArrayList<>(integration);
        suites.addAll(suites(Path.of("target", "surefire-reports")));
        suites.sort(Comparator.comparingDouble(Suite::seconds).reversed());
        System.out.println();
        System.out.printf("The %d slowest of %d test classes:%n", Math.min(SHOWN, suites.size()), suites.size());
        suites.stream()
                .limit(SHOWN)
                .forEach(suite ->
                        System.out.printf("%8.1f s %6d tests  %s%n", suite.seconds(), suite.tests(), suite.name()));

        Map<String, Total> kinds = new TreeMap<>();
        for (Suite suite : suites) {
            kinds.merge(kind(suite.name()), new Total(0, 0, 0).plus(suite), (all, one) -> all.plus(suite));
        }
        System.out.println("By kind:");
        kinds.entrySet().stream()
                .sorted(Comparator.comparingDouble(kind -> -kind.getValue().seconds()))
                .forEach(kind -> System.out.printf(
                        "%8.1f s %6d tests in %3d classes  %s%n",
                        kind.getValue().seconds(),
                        kind.getValue().tests(),
                        kind.getValue().classes(),
                        kind.getKey()));

        System.out.printf(
                "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d, %.1f s in all JVMs%n",
                suites.stream().mapToInt(Suite::tests).sum(),
                suites.stream().mapToInt(Suite::failures).sum(),
                suites.stream().mapToInt(Suite::errors).sum(),
                suites.stream().mapToInt(Suite::skipped).sum(),
                suites.stream().mapToDouble(Suite::seconds).sum());
    }

    private static List<Suite> suites(Path folder) throws IOException, XMLStreamException {
        List<Suite> suites = new ArrayList<>();
        File[] reports = folder.toFile().listFiles((directory, name) -> name.matches("TEST-.*\\.xml"));
        for (File report : reports == null ? new File[0] : reports) {
            suites.add(suite(report));
        }
        suites.sort(Comparator.comparingDouble(Suite::seconds).reversed());
        return suites;
    }

    /** Only the first tag: behind it stands what the tests printed. */
    private static Suite suite(File report) throws XMLStreamException {
        XMLStreamReader reader = XMLInputFactory.newInstance().createXMLStreamReader(new StreamSource(report));
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {}
        Suite suite = new Suite(
                reader.getAttributeValue(null, "name"),
                Double.parseDouble(reader.getAttributeValue(null, "time").replace(",", "")),
                number(reader, "tests"),
                number(reader, "failures"),
                number(reader, "errors"),
                number(reader, "skipped"));
        reader.close();
        return suite;
    }

    private static int number(XMLStreamReader reader, String attribute) {
        return Integer.parseInt(reader.getAttributeValue(null, attribute));
    }

    /** By what makes a test dear: the JVM of its own, the browser, or the application on a database. */
    private static String kind(String name) throws IOException {
        String source = source(name);
        if (source.contains("@Tag(\"own-context\")")) {
            return "own context";
        }
        String area = name.replaceFirst("^org\\.guiling\\.", "").replaceFirst("\\..*", "");
        if (area.equals("browser") && source.contains("@BrowserTest")) {
            return area;
        }
        if (source.contains("RunningApplication.start")) {
            return "own process";
        }
        boolean application = Stream.of("@GuilingTest", "@NotificationTest", "extends ProcessTest")
                .anyMatch(source::contains);
        if (!application) {
            return "plain";
        }
        if (name.contains(".engine.property.")) {
            return "property";
        }
        return List.of("web", "engine").contains(area) ? area : "other with the application";
    }

    private static String source(String name) throws IOException {
        Path file = Path.of("src/test/java", name.replaceFirst("\\$.*", "").replace('.', '/') + ".java");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
