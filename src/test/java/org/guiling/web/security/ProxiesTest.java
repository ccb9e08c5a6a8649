package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests which proxies are believed about the address that a request came from. */
class ProxiesTest {

    private final Proxies proxies = new Proxies(List.of("10.1.0.0/16", "192.0.2.1", "2001:db8::/64"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3|203.0.113.9|203.0.113.9",
                "10.1.2.3|198.51.100.1, 203.0.113.9|203.0.113.9",
                "10.1.2.3|198.51.100.1, 203.0.113.9, 10.1.9.9|203.0.113.9",
                "10.1.2.3|10.1.9.8, 10.1.9.9|10.1.9.8",
                "10.1.2.3|203.0.113.9:4711|203.0.113.9",
                "192.0.2.1|[2001:db8:7::1]:4711|2001:db8:7::1",
                "2001:db8:0:0::5|2001:db8:7::1|2001:db8:7::1",
                "10.1.2.3|unknown|10.1.2.3",
                "10.1.2.3|198.51.100.1, <script>|10.1.2.3",
                "10.1.2.3|''|10.1.2.3",
                "10.2.2.3|203.0.113.9|10.2.2.3",
                "192.0.2.2|203.0.113.9|192.0.2.2",
                "2001:db8:0:1::5|203.0.113.9|2001:db8:0:1::5"
            })
    void theClientIsTheLastThatAProxySaw(String peer, String header, String client) throws Exception {
        MockHttpServletRequest request = request(peer);
        request.addHeader("X-Forwarded-For", header);

        assertThat(seen(request).getRemoteAddr()).isEqualTo(client);
        assertThat(seen(request).getRemoteHost()).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() throws Exception {
        MockHttpServletRequest request = request("10.1.2.3");
        request.addHeader("X-Forwarded-For", "198.51.100.1");
        request.addHeader("X-Forwarded-For", "203.0.113.9");

        assertThat(seen(request).getRemoteAddr()).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, https, https, https://office.example/x",
        "10.1.2.3, HTTPS, https, https://office.example/x",
        "10.1.2.3, javascript, http, http://office.example/x",
        "10.2.2.3, https, http, http://office.example/x"
    })
    void theSchemeIsTheProxys(String peer, String header, String scheme, String address) throws Exception {
        MockHttpServletRequest request = request(peer);
        request.addHeader("X-Forwarded-Proto", header);

        HttpServletRequest seen = seen(request);

        assertThat(seen.getScheme()).isEqualTo(scheme);
        assertThat(seen.isSecure()).isEqualTo(scheme.equals("https"));
        assertThat(seen.getRequestURL()).hasToString(address);
    }

    /** A proxy passes on what it does not know: what it does not set itself is the client's invention. */
    @ParameterizedTest
    @CsvSource({"10.1.2.3", "10.2.2.3"})
    void everyOtherHeaderOfThisKindIsHidden(String peer) throws Exception {
        MockHttpServletRequest request = request(peer);
        List<String> made = List.of(
                "Forwarded",
                "X-Forwarded-Host",
                "X-FORWARDED-port",
                "X-Forwarded-Prefix",
                "X-Forwarded-Ssl",
                "X-Forwarded-For",
                "X-Real-IP");
        made.forEach(name -> request.addHeader(name, "evil.example"));
        request.addHeader("Accept", "text/html");

        HttpServletRequest seen = seen(request);

        assertThat(Collections.list(seen.getHeaderNames())).containsExactly("Accept");
        assertThat(made).allSatisfy(name -> {
            assertThat(seen.getHeader(name)).isNull();
            assertThat(seen.getHeaders(name).hasMoreElements()).isFalse();
        });
        assertThat(seen.getServerName()).isEqualTo("office.example");
        assertThat(seen.getHeader("Accept")).isEqualTo("text/html");
    }

    private static MockHttpServletRequest request(String peer) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/x");
        request.setRemoteAddr(peer);
        request.setRemoteHost(peer);
        request.setServerName("office.example");
        return request;
    }

    private HttpServletRequest seen(MockHttpServletRequest request) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        proxies.doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }
}
