package org.guiling.evidence.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Content in a bucket of an S3-compatible store. The bucket has to be there. */
final class S3Store implements ContentStore, AutoCloseable {

    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    S3Store(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public void put(String key, Path file) throws IOException {
        try {
            client.putObject(request -> request.bucket(bucket).key(prefix + key), RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw new IOException("The store did not take " + key, e);
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        try {
            return client.getObject(request -> request.bucket(bucket).key(prefix + key));
        } catch (NoSuchKeyException e) {
            throw missing(key, e);
        } catch (SdkException e) {
            throw new IOException("The store did not give " + key, e);
        }
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        try {
            return OptionalLong.of(
                    client.headObject(request -> request.bucket(bucket).key(prefix + key))
                            .contentLength());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw new IOException("The store did not answer for " + key, e);
        } catch (SdkException e) {
            throw new IOException("The store did not answer for " + key, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(prefix + key));
        } catch (SdkException e) {
            throw new IOException("The store did not remove " + key, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static NoSuchFileException missing(String key, Exception cause) {
        NoSuchFileException missing = new NoSuchFileException(key);
        missing.initCause(cause);
        return missing;
    }
}
