package org.guiling.evidence.content;

import java.io.IOException;
import java.nio.file.Files;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.secret.SecretFiles;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the store that the settings name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceProperties.class)
class StoreConfiguration {

    /** @throws IllegalStateException when the settings name S3 and not where it is */
    @Bean
    ContentStore contentStore(EvidenceProperties properties, SecretFiles secrets) throws IOException {
        Files.createDirectories(properties.incoming());
        if (properties.store() == EvidenceProperties.Store.FOLDER) {
            return new FolderStore(properties.directory());
        }
        EvidenceProperties.S3 s3 = properties.s3();
        if (s3 == null) {
            throw new IllegalStateException("guiling.evidence.store is s3, but guiling.evidence.s3.bucket is not set");
        }
        return new S3Store(client(s3, secrets), s3.bucket(), s3.prefix());
    }

    static S3Client client(EvidenceProperties.S3 s3, SecretFiles secrets) {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(s3.region()))
                .credentialsProvider(credentials(s3, secrets))
                .forcePathStyle(s3.pathStyle())
                // Amazon's own trailing checksums are more than most other servers understand.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (s3.endpoint() != null) {
            client.endpointOverride(s3.endpoint());
        }
        return client.build();
    }

    private static AwsCredentialsProvider credentials(EvidenceProperties.S3 s3, SecretFiles secrets) {
        return s3.accessKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : () -> AwsBasicCredentials.create(
                        secrets.current("guiling.evidence.s3.access-key", s3.accessKey()),
                        secrets.current("guiling.evidence.s3.secret-key", s3.secretKey()));
    }
}
