package org.guiling.signon.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.signon.factor.TotpAlgorithm.SHA1;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    /** RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void theVectorsOfTheStandard(long seconds, String eightDigits) {
        Instant at = Instant.ofEpochSecond(seconds);
        String code = eightDigits.substring(2);

        assertThat(Totp.code(SHA1, SECRET, Totp.step(at))).isEqualTo(code);
        assertThat(Totp.stepOf(SHA1, SECRET, code, at, 1)).hasValue(seconds / 30);
    }

    /** RFC 6238, appendix B, whose secrets are as long as the hash (its erratum 2866). */
    @ParameterizedTest
    @CsvSource({
        "59, 46119246, 90693936",
        "1111111109, 68084774, 25091201",
        "1111111111, 67062674, 99943326",
        "1234567890, 91819424, 93441116",
        "2000000000, 90698825, 38618901",
        "20000000000, 77737706, 47863826"
    })
    void theVectorsOfLongerHashes(long seconds, String sha256, String sha512) {
        long step = Totp.step(Instant.ofEpochSecond(seconds));
        byte[] digits = "1234567890".repeat(7).getBytes(US_ASCII);

        assertThat(Totp.code(TotpAlgorithm.SHA256, Arrays.copyOf(digits, 32), step))
                .isEqualTo(sha256.substring(2));
        assertThat(Totp.code(TotpAlgorithm.SHA512, Arrays.copyOf(digits, 64), step))
                .isEqualTo(sha512.substring(2));
    }

    /** RFC 4226, appendix D: the first ten counters. */
    @Test
    void theVectorsOfCounters() {
        List<String> codes = List.of(
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489");

        for (int counter = 0; counter < codes.size(); counter++) {
            assertThat(Totp.code(SHA1, SECRET, counter)).isEqualTo(codes.get(counter));
        }
    }

    @Test
    void aStepBeforeAndAfterCountAndNoneBeyond() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = Totp.step(now);

        for (long distance = -3; distance <= 3; distance++) {
            OptionalLong found = Totp.stepOf(SHA1, SECRET, Totp.code(SHA1, SECRET, step + distance), now, 1);
            assertThat(found.isPresent()).as("distance " + distance).isEqualTo(Math.abs(distance) <= 1);
            assertThat(Totp.stepOf(SHA1, SECRET, Totp.code(SHA1, SECRET, step + distance), now, 0)
                            .isPresent())
                    .as("an office that lets a code live for 30 seconds, distance " + distance)
                    .isEqualTo(distance == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'0050471'", "'50471'", "'０５０４７１'", "'05047a'"})
    void whatIsNoCodeIsNoneS(String code) {
        assertThat(Totp.stepOf(SHA1, SECRET, code, Instant.ofEpochSecond(1_111_111_111), 1))
                .isEmpty();
    }

    /** RFC 4648, section 10, without padding. */
    @ParameterizedTest
    @CsvSource({"'',''", "f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void base32(String text, String encoded) {
        assertThat(Base32.encode(text.getBytes(US_ASCII))).isEqualTo(encoded);
    }

    @Test
    void theAddressThatAuthenticatorsRead() {
        PendingFactor pending = new PendingFactor(SHA1, SECRET);

        assertThat(pending.uri("归零", "handler2"))
                .isEqualTo("otpauth://totp/%E5%BD%92%E9%9B%B6:handler2?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=%E5%BD%92%E9%9B%B6&algorithm=SHA1&digits=6&period=30");
        assertThat(pending.text()).startsWith("GEZD GNBV ").hasSize(39);
        assertThat(PendingFactor.generate(TotpAlgorithm.SHA256).uri("归零", "handler2"))
                .containsPattern("secret=[A-Z2-7]{52}&")
                .contains("&algorithm=SHA256&");
    }
}
