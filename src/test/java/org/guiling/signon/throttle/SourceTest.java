package org.guiling.signon.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::, 2001:db8:1:2:0:0:0:0",
        "2001:DB8:1:2::ffff, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:0",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0",
        "::ffff:192.0.2.7, 192.0.2.7",
        "'', unknown",
        "evil.example, unknown",
        "1.2.3.4.5, unknown",
        "::ffff:1:2:3:4:5:6:7:8, unknown"
    })
    void anAddressCountsWithItsNetwork(String address, String source) {
        assertThat(Source.of(address)).isEqualTo(source);
    }
}
