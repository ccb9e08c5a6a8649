package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalePagesTest {

    private static final List<String> PATHS =
            ScalePages.all().stream().map(ScalePages.Page::path).toList();

    @Test
    void everyConditionOfAFilterIsAsked() {
        assertThat(Stream.of(LedgerFilter.class.getRecordComponents()).map(RecordComponent::getName))
                .allSatisfy(
                        name -> assertThat(PATHS).anyMatch(path -> path.matches("/items\\?(.*&)?" + name + "[.=].*")));
    }

    @ParameterizedTest
    @EnumSource
    void everyOrderIsAskedFromItsBeginningAndHalfway(Ledger.Sort sort) {
        assertThat(PATHS)
                .anyMatch(
                        path -> path.equals("/items?sort=" + sort) || sort == Ledger.Sort.DUE && path.equals("/items"))
                .anyMatch(path -> path.startsWith("/items?sort=" + sort + "&cursor="));
    }

    @Test
    void noTwoLinesHaveTheSameName() {
        assertThat(ScalePages.all()).extracting(ScalePages.Page::spoken).doesNotHaveDuplicates();
    }
}
