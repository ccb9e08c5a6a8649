package org.guiling.web.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.guiling.web.support.Paging.Paged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A list of 470 lines is 16 pages, whatever the address says. */
class PagingTest {

    private static final List<Integer> ITEMS = IntStream.range(0, 470).boxed().toList();

    private final Paging paging = new Paging();

    @AfterEach
    void noRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void eachPageLeadsToTheNextAndKeepsTheOthers() {
        ask("items", "1", "text", "井盖");

        Paged<Integer> shown = paging.of(ITEMS, "items");

        assertThat(shown.rows()).hasSize(30).startsWith(30);
        assertThat(List.of(shown.first(), shown.last(), shown.total())).containsExactly(31, 60, 470);
        assertThat(shown.before()).isEqualTo("?text=%E4%BA%95%E7%9B%96&items=0");
        assertThat(shown.next()).isEqualTo("?text=%E4%BA%95%E7%9B%96&items=2");
    }

    @Test
    void aTimelineBeginsWithItsLastPage() {
        ask();

        Paged<Integer> shown = paging.readLatest(ITEMS.size(), "history", PagingTest::read);

        assertThat(shown.rows()).hasSize(20).endsWith(469);
        assertThat(shown.before()).isEqualTo("?history=14");
        assertThat(shown.next()).isNull();
    }

    @Test
    void ofAListThatIsReadInPagesNoMoreIsReadThanIsShown() {
        ask("items", "15");
        List<Integer> read = new ArrayList<>();

        Paged<Integer> shown = paging.read(470, "items", (offset, limit) -> {
            List<Integer> rows = read(offset, limit);
            read.addAll(rows);
            return rows;
        });

        assertThat(shown.rows()).hasSize(20).endsWith(469).isEqualTo(read);
        assertThat(shown.before()).isEqualTo("?items=14");
        assertThat(shown.next()).isNull();
        assertThat(paging.read(0, "items", (offset, limit) -> ITEMS).rows()).isEmpty();
    }

    @Test
    void whatIsNoPageShowsOne() {
        ask("items", "99999999999", "history", "-5");

        assertThat(paging.of(ITEMS, "items").rows()).startsWith(0);
        assertThat(paging.readLatest(ITEMS.size(), "history", PagingTest::read).rows())
                .startsWith(0);
        assertThat(paging.of(null, "items").isPartly()).isFalse();
        assertThat(paging.of(List.of(1), "items").isPartly()).isFalse();
    }

    private static List<Integer> read(int offset, int limit) {
        return ITEMS.subList(offset, Math.min(offset + limit, ITEMS.size()));
    }

    private static void ask(String... namesAndValues) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/administration/units/one");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.addParameter(namesAndValues[i], namesAndValues[i + 1]);
        }
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }
}
