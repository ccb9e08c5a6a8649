package org.guiling.signon.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Encrypts the secrets of second factors (AES-256-GCM) with a key that is not in the database: a copy of the database
 * tells no code. A secret is bound to its person, so that nobody who writes to the database gives somebody their own.
 * Former keys are only read with; {@link FactorKeyExchange} brings what they encrypted to the current one.
 */
@Component
class FactorKey {

    private static final Logger log = LoggerFactory.getLogger(FactorKey.class);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec current;
    private final List<SecretKeySpec> former;

    /**
     * @throws IllegalStateException when a key is none, or the only one is missing though there are secrets that need it
     */
    FactorKey(SecondFactorProperties properties, FactorRecords records) {
        String text = properties.key();
        if (text == null || text.isBlank()) {
            text = ofFile(properties.keyFile(), properties.formerKeys().isEmpty() && records.exist());
        }
        current = decoded(text);
        former = properties.formerKeys().stream().map(FactorKey::decoded).toList();
    }

    private String ofFile(Path file, boolean needed) {
        if (file == null) {
            throw new IllegalStateException("guiling.sign-on.second-factor needs key or key-file");
        }
        try {
            if (!Files.exists(file)) {
                if (needed) {
                    throw new IllegalStateException("The key of the second factors is missing: " + file
                            + ". Restore it from the backup; without it nobody's device is known any more.");
                }
                create(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + file, e);
        }
    }

    /** Never readable by others, not for a moment; of two nodes that start at once one makes it. */
    private void create(Path file) throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path made = Files.createTempFile(folder, "second-factor", ".new", owner);
        try {
            Files.writeString(made, Base64.getEncoder().encodeToString(bytes), StandardOpenOption.WRITE);
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException other) {
            // Theirs counts.
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(made, file);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static SecretKeySpec decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == KEY_BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException none) {
            // Told below.
        }
        throw new IllegalStateException(
                "The key of the second factors (guiling.sign-on.second-factor) must be 32 bytes in Base64");
    }

    boolean hasFormer() {
        return !former.isEmpty();
    }

    /** False where the current key does not read it. */
    boolean isCurrent(String personId, byte[] stored) {
        return decrypt(current, personId, stored).isPresent();
    }

    byte[] encrypt(String personId, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, current, personId, nonce, secret, 0);
            byte[] stored = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, stored, NONCE_BYTES, encrypted.length);
            return stored;
        } catch (AEADBadTagException never) {
            throw new IllegalStateException("Only decrypting finds a wrong tag", never);
        }
    }

    /** Empty where it is another person's, or of a key that is neither the current nor a former one. */
    Optional<byte[]> decrypt(String personId, byte[] stored) {
        Optional<byte[]> secret = Stream.concat(Stream.of(current), former.stream())
                .flatMap(key -> decrypt(key, personId, stored).stream())
                .findFirst();
        if (secret.isEmpty()) {
            log.error("The second factor of {} was encrypted for somebody else or with another key", personId);
        }
        return secret;
    }

    private static Optional<byte[]> decrypt(SecretKeySpec key, String personId, byte[] stored) {
        try {
            byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, personId, nonce, stored, NONCE_BYTES));
        } catch (AEADBadTagException other) {
            return Optional.empty();
        }
    }

    private static byte[] cipher(int mode, SecretKeySpec key, String personId, byte[] nonce, byte[] input, int offset)
            throws AEADBadTagException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(personId.getBytes(UTF_8));
            return cipher.doFinal(input, offset, input.length - offset);
        } catch (AEADBadTagException other) {
            throw other;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }
}
