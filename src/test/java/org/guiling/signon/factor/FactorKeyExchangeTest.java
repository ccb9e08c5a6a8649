package org.guiling.signon.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.guiling.GuilingTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@GuilingTest
class FactorKeyExchangeTest {

    private static final String FORMER = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String CURRENT = Base64.getEncoder().encodeToString(Arrays.copyOf(new byte[] {1}, 32));

    @Autowired
    FactorRecords records;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void nothingIsLeft() {
        jdbc.sql("delete from second_factor").update();
    }

    @Test
    void aStartWithANewKeyEncryptsAnewWhatAFormerOneReads() {
        FactorKey former = FactorKeyTest.key(FORMER, null, true);
        FactorKey after = FactorKeyTest.key(CURRENT, null, true, FORMER);
        byte[] mine = Authenticator.secretOf(TotpAlgorithm.SHA1).secret();
        byte[] longer = Authenticator.secretOf(TotpAlgorithm.SHA512).secret();
        records.add("handler", TotpAlgorithm.SHA1, former.encrypt("handler", mine), 0);
        records.add("leader", TotpAlgorithm.SHA512, former.encrypt("leader", longer), 0);
        byte[] anothers = former.encrypt("nobody", mine);
        records.add("reviewer", TotpAlgorithm.SHA1, anothers, 0);

        new FactorKeyExchange(records, after).run(null);

        FactorKey afterwards = FactorKeyTest.key(CURRENT, null, true);
        assertThat(afterwards.decrypt("handler", stored("handler"))).hasValue(mine);
        assertThat(afterwards.decrypt("leader", stored("leader"))).hasValue(longer);
        assertThat(stored("reviewer")).as("unreadable as before").isEqualTo(anothers);
        byte[] exchanged = stored("handler");
        new FactorKeyExchange(records, after).run(null);
        assertThat(stored("handler")).as("exchanged once").isEqualTo(exchanged);
    }

    private byte[] stored(String personId) {
        return records.find(personId).orElseThrow().secret();
    }
}
