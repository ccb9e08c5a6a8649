package org.guiling.evidence.content;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.secret.SecretFiles;
import org.guiling.secret.SecretFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which credentials the object store is asked. */
class StoreCredentialsTest {

    private static final Map<String, String> TEMPORARY = Map.of(
            "aws.accessKeyId", "TEMPORARY",
            "aws.secretAccessKey", "secret",
            "aws.sessionToken", "token-of-an-hour");

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(notFound()));
    }

    @AfterEach
    void stop() {
        server.stop();
        TEMPORARY.keySet().forEach(System::clearProperty);
    }

    @Test
    void withoutAKeyInTheSettingsTemporaryOnesAreTakenFromAmazonsChain() throws IOException {
        TEMPORARY.forEach(System::setProperty);

        LoggedRequest asked = asked(settings(null, null), new SecretFolder(folder).read());

        assertThat(asked.getHeader("X-Amz-Security-Token")).isEqualTo("token-of-an-hour");
        assertThat(asked.getHeader("Authorization")).contains("Credential=TEMPORARY/");
    }

    @Test
    void anExchangedKeyIsUsedAtOnce() throws IOException {
        SecretFolder files = new SecretFolder(folder)
                .with("guiling.evidence.s3.access-key", "FIRST")
                .with("guiling.evidence.s3.secret-key", "secret");
        SecretFiles secrets = files.read();
        try (S3Store store = store(settings("FIRST", "secret"), secrets)) {
            store.size("ab");
            assertThat(last().getHeader("Authorization")).contains("Credential=FIRST/");

            files.with("guiling.evidence.s3.access-key", "SECOND");
            store.size("ab");
            assertThat(last().getHeader("Authorization")).contains("Credential=SECOND/");
        }
    }

    private LoggedRequest asked(EvidenceProperties.S3 settings, SecretFiles secrets) throws IOException {
        try (S3Store store = store(settings, secrets)) {
            store.size("ab");
            return last();
        }
    }

    private static S3Store store(EvidenceProperties.S3 settings, SecretFiles secrets) {
        return new S3Store(StoreConfiguration.client(settings, secrets), settings.bucket(), settings.prefix());
    }

    private LoggedRequest last() {
        return LoggedRequest.createFrom(server.getAllServeEvents().get(0).getRequest());
    }

    private EvidenceProperties.S3 settings(String accessKey, String secretKey) {
        return new EvidenceProperties.S3(
                URI.create("http://127.0.0.1:" + server.port()),
                "us-east-1",
                "guiling",
                "evidence/",
                accessKey,
                secretKey,
                true);
    }
}
