package org.guiling.web;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** The demo; that administrators need a second factor, and that there is a proxy, are settings there. */
@Tag("jar")
class DemoJarTest extends JarAttacks {

    @Override
    BuiltJar start(List<String> jvm) throws Exception {
        return BuiltJar.start(
                "demo",
                "guiling-demo",
                jvm,
                List.of(
                        "--guiling.requests.proxies=127.0.0.1",
                        "--guiling.sign-on.second-factor.required-for=administrators"));
    }
}
