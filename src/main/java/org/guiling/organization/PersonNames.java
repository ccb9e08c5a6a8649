package org.guiling.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The names of the people that there are and ever were; they are asked for all the time, and kept. */
@Repository
class PersonNames {

    /** Maximum time for which a name that another node changed may be unknown to this one. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private static final int NAMES_KEPT = 10_000;

    private final JdbcClient jdbc;
    private final Cache<String, String> keptNames = Caffeine.newBuilder()
            .expireAfterWrite(KEPT_FOR)
            .maximumSize(NAMES_KEPT)
            .build();

    PersonNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Names of these people by their ids, with one query; ids that never existed are left out. */
    Map<String, String> of(Collection<String> ids) {
        boolean changing = UncommittedChange.isUnderWay(keptNames);
        Set<String> asked = new HashSet<>(ids);
        asked.remove(null);
        Map<String, String> names = new HashMap<>(changing ? Map.of() : keptNames.getAllPresent(asked));
        asked.removeAll(names.keySet());
        Map<String, String> read = asked.isEmpty() ? Map.of() : storedNames(asked);
        names.putAll(read);
        if (!changing) {
            keptNames.putAll(read);
        }
        return names;
    }

    private Map<String, String> storedNames(Set<String> ids) {
        Map<String, String> names = new HashMap<>();
        jdbc.sql("select id, name from person where id = any (?)")
                .param(ids.toArray(String[]::new))
                .query(row -> {
                    names.put(row.getString("id"), row.getString("name"));
                });
        return names;
    }

    /** A name has changed in this transaction. */
    void forget() {
        UncommittedChange.forget(keptNames, keptNames::invalidateAll);
    }
}
