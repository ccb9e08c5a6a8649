package org.guiling.signon.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * BCrypt that reads all of a password, however long it is and in whichever script: BCrypt itself stops after 72 bytes. What it
 * gets is an HMAC-SHA-384 of the password in Base64, 64 characters. The HMAC's key is no secret; it keeps plain digests that
 * leaked elsewhere from being tried against our hashes.
 */
public class LongPasswords implements PasswordEncoder {

    /** Stands before each hash in the database. */
    public static final String ID = "bcrypt-hmac-sha384";

    private static final byte[] PURPOSE = "guiling password".getBytes(UTF_8);

    private final BCryptPasswordEncoder bcrypt;

    public LongPasswords(BCryptPasswordEncoder bcrypt) {
        this.bcrypt = bcrypt;
    }

    @Override
    public String encode(CharSequence password) {
        return bcrypt.encode(shortened(password));
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
        return bcrypt.matches(shortened(password), hash);
    }

    @Override
    public boolean upgradeEncoding(String hash) {
        return bcrypt.upgradeEncoding(hash);
    }

    private static String shortened(CharSequence password) {
        byte[] hmac = new HmacUtils(HmacAlgorithms.HMAC_SHA_384, PURPOSE).hmac(password.toString());
        return Base64.getEncoder().encodeToString(hmac);
    }
}
