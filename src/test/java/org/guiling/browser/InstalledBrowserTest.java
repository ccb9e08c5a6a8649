package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.guiling.browser.BrowserTest.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Tests where a browser is looked for, and that tests which find none do not go missing in silence. */
class InstalledBrowserTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/home/somebody/bin:/usr/games",
            "HOME", "/Users/somebody",
            "ProgramFiles", "C:\\Program Files",
            "ProgramFiles(x86)", "C:\\Program Files (x86)",
            "LOCALAPPDATA", "C:\\Users\\somebody\\AppData\\Local");

    @ParameterizedTest
    @CsvSource({
        "Linux, /usr/bin/chromium",
        "Linux, /usr/bin/chromium-browser",
        "Linux, /usr/bin/google-chrome-stable",
        "Linux, /usr/bin/microsoft-edge",
        "Linux, /snap/bin/chromium",
        "Linux, /opt/google/chrome/chrome",
        "Linux, /opt/microsoft/msedge/msedge",
        "Linux, /home/somebody/bin/google-chrome",
        "Mac OS X, /Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "Mac OS X, /Applications/Chromium.app/Contents/MacOS/Chromium",
        "Mac OS X, /Users/somebody/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "Windows 11, C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
        "Windows 11, C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
        "Windows Server 2022, C:\\Users\\somebody\\AppData\\Local\\Chromium\\Application\\chrome.exe"
    })
    void isFoundWhereInstallersPutIt(String system, String path) {
        assertThat(InstalledBrowser.find(null, system, ENVIRONMENT, path::equals))
                .contains(path);
    }

    @ParameterizedTest
    @CsvSource({"Linux", "Mac OS X", "Windows 11", "FreeBSD"})
    void isNotFoundWhereThereIsNone(String system) {
        assertThat(InstalledBrowser.find(null, system, ENVIRONMENT, path -> false))
                .isEmpty();
        assertThat(InstalledBrowser.find(null, system, Map.of(), path -> false)).isEmpty();
    }

    @Test
    void theFirstOfThePathIsTaken() {
        Set<String> installed = Set.of("/usr/bin/chromium", "/home/somebody/bin/microsoft-edge");

        assertThat(InstalledBrowser.find(null, "Linux", ENVIRONMENT, installed::contains))
                .contains("/home/somebody/bin/microsoft-edge");
    }

    /** A typing error must not have the tests left out. */
    @Test
    void theNamedOneIsTakenWhateverElseIsInstalled() {
        assertThat(InstalledBrowser.find("/somewhere/chrome", "Linux", ENVIRONMENT, "/usr/bin/chromium"::equals))
                .contains("/somewhere/chrome");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, false",
        "true, false, true",
        "false, true, true",
        "false, false, true",
        "required, true, false",
        "required, false, false"
    })
    void testsAreLeftOut(String wanted, boolean installed, boolean leftOut) {
        assertThat(Wanted.evaluate(wanted, installed).isDisabled()).isEqualTo(leftOut);
    }

    @Test
    void aMisspeltWishIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> Wanted.evaluate("yes", true));
    }

    /** The one line of a build that says so, among thousands; each class is skipped with its reason besides. */
    @Test
    void whatIsLeftOutIsSaidAloud() {
        long tests = testsInABrowser();

        Wanted.notice(Wanted.asked(), InstalledBrowser.find().isPresent(), tests)
                .ifPresent(System.out::println);

        assertThat(tests).isGreaterThan(30);
        assertThat(Wanted.notice("true", false, 42)).get(STRING).contains("42 TESTS", "NO BROWSER");
        assertThat(Wanted.notice("false", true, 42)).get(STRING).contains("42 TESTS");
        assertThat(Wanted.notice("true", true, 42)).isEmpty();
        assertThat(Wanted.notice("required", false, 42)).isEmpty();
    }

    private static long testsInABrowser() {
        return ReflectionSupport.findAllClassesInPackage(
                        InstalledBrowserTest.class.getPackageName(),
                        type -> type.isAnnotationPresent(BrowserTest.class),
                        name -> true)
                .stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .count();
    }
}
