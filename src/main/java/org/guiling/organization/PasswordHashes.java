package org.guiling.organization;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The hashes of people's passwords. No {@link Person} carries one. */
@Repository
public class PasswordHashes {

    private final JdbcClient jdbc;

    PasswordHashes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The stored hash of an enabled person's password. */
    public Optional<String> of(String personId) {
        return jdbc.sql("select password_hash from person where enabled and id = ?")
                .param(personId)
                .query(String.class)
                .optional();
    }

    /** True where there is such a person today, with a password or without. */
    public boolean isOfSomebody(String personId) {
        return jdbc.sql("select exists (select from person where enabled and id = ?)")
                .param(personId)
                .query(Boolean.class)
                .single();
    }

    /** Writes the hash of a password that somebody else has set. */
    @Transactional
    public void change(String personId, String passwordHash) {
        jdbc.sql("update person set password_hash = ? where id = ?")
                .params(passwordHash, personId)
                .update();
    }

    /**
     * Writes the hash of a password that the person has chosen in place of the one that they knew.
     *
     * @return false when it was changed meanwhile; then nothing is written
     */
    @Transactional
    public boolean change(String personId, String oldHash, String newHash) {
        return jdbc.sql("update person set password_hash = ? where enabled and id = ? and password_hash = ?")
                        .params(newHash, personId, oldHash)
                        .update()
                > 0;
    }

    /** Writes the same password under a better hash, unless it was changed meanwhile. */
    @Transactional
    public void rehash(String personId, String oldHash, String newHash) {
        jdbc.sql("update person set password_hash = ? where id = ? and password_hash = ?")
                .params(newHash, personId, oldHash)
                .update();
    }
}
