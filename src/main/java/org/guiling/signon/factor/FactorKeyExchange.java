package org.guiling.signon.factor;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** After a start with another key: encrypts anew what a former key encrypted, so that the former one can be thrown away. */
@Component
class FactorKeyExchange implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FactorKeyExchange.class);

    private final FactorRecords records;
    private final FactorKey key;

    FactorKeyExchange(FactorRecords records, FactorKey key) {
        this.records = records;
        this.key = key;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!key.hasFormer()) {
            return;
        }
        List<FactorRecords.Row> former = records.all().stream()
                .filter(row -> !key.isCurrent(row.personId(), row.secret()))
                .toList();
        long exchanged = former.stream().filter(this::exchange).count();
        log.info(
                "Second factors encrypted with the new key: {}, readable with none of the keys: {}",
                exchanged,
                former.size() - exchanged);
    }

    private boolean exchange(FactorRecords.Row row) {
        return key.decrypt(row.personId(), row.secret())
                .map(secret -> records.replaceSecret(row, key.encrypt(row.personId(), secret)))
                .isPresent();
    }
}
