package org.guiling.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds a browser that Playwright can drive: Chromium, Chrome or Edge where their installers put them. */
final class InstalledBrowser {

    private static final List<String> COMMANDS = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "microsoft-edge",
            "microsoft-edge-stable");

    /** A session without the usual PATH has its browsers in these places all the same. */
    private static final List<String> FOLDERS =
            List.of("/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome", "/opt/microsoft/msedge");

    private static final List<String> MAC_APPLICATIONS = List.of("Chromium", "Google Chrome", "Microsoft Edge");

    private static final List<String> WINDOWS_PROGRAMS = List.of(
            "Chromium\\Application\\chrome.exe",
            "Google\\Chrome\\Application\\chrome.exe",
            "Microsoft\\Edge\\Application\\msedge.exe");

    private InstalledBrowser() {}

    /** The one that {@code -Dguiling.chromium} or {@code CHROMIUM} names, or else the first that is installed. */
    static Optional<Path> find() {
        String named = System.getProperty("guiling.chromium", System.getenv("CHROMIUM"));
        return find(named, System.getProperty("os.name"), System.getenv(), path -> Files.isExecutable(Path.of(path)))
                .map(Path::of);
    }

    /**
     * @param named by whoever runs the tests; null or empty where nobody did. It is not looked for: where it is missing the
     *     tests shall fail and not be left out.
     * @param system as the JVM names it, such as {@code Mac OS X}
     */
    static Optional<String> find(
            String named, String system, Map<String, String> environment, Predicate<String> executable) {
        return named != null && !named.isBlank()
                ? Optional.of(named)
                : candidates(system, environment).filter(executable).findFirst();
    }

    private static Stream<String> candidates(String system, Map<String, String> environment) {
        if (system.startsWith("Windows")) {
            return Stream.of("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
                    .map(environment::get)
                    .filter(folder -> folder != null)
                    .flatMap(folder -> WINDOWS_PROGRAMS.stream().map(program -> folder + "\\" + program));
        }
        if (system.startsWith("Mac")) {
            return Stream.of("", environment.getOrDefault("HOME", ""))
                    .distinct()
                    .flatMap(home -> MAC_APPLICATIONS.stream()
                            .map(name -> home + "/Applications/" + name + ".app/Contents/MacOS/" + name));
        }
        Stream<String> path =
                Stream.of(environment.getOrDefault("PATH", "").split(":")).filter(folder -> !folder.isEmpty());
        return Stream.concat(path, FOLDERS.stream()).flatMap(InstalledBrowser::commandsIn);
    }

    /** Chrome and Edge have names of their own in the folders that they come with. */
    private static Stream<String> commandsIn(String folder) {
        return Stream.concat(COMMANDS.stream(), Stream.of("chrome", "msedge")).map(name -> folder + "/" + name);
    }
}
