package org.guiling.web.support;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;

/**
 * Shows a long list in pages. The page is a parameter of the address by the list's name, so that several lists of a page
 * turn by themselves. What is in the database is read page by page ({@link #read}); what is in memory anyway, as the
 * rows of a file that is being checked, is cut by the template: {@code ${@paging.of(rows, 'rows')}}.
 */
@Component("paging")
public class Paging {

    /** So many lines are looked through without losing the way. */
    public static final int SIZE = 30;

    /**
     * The part of a list that a page shows.
     *
     * @param first the number of its first line, from 1
     * @param before address of the page before; null on the first, as {@code next} is on the last
     */
    public record Paged<T>(List<T> rows, int total, int first, String before, String next) {

        public int last() {
            return first + rows.size() - 1;
        }

        public boolean isEmpty() {
            return total == 0;
        }

        public boolean isPartly() {
            return rows.size() < total;
        }

        /** The same page with each of its lines as something else. */
        public <R> Paged<R> map(Function<? super T, R> line) {
            return new Paged<>(rows.stream().map(line).toList(), total, first, before, next);
        }
    }

    /**
     * @param all may be null, where the reader has no such list
     * @param name of the list in the address, as in {@code items}
     */
    public <T> Paged<T> of(List<T> all, String name) {
        List<T> rows = all == null ? List.of() : all;
        return read(rows.size(), name, (offset, limit) -> rows.subList(offset, Math.min(offset + limit, rows.size())));
    }

    /**
     * The same for a list that is read page by page: of it no more is read than what is shown.
     *
     * @param total how long the list is
     * @param reader reads from an offset, from 0, at most so many lines
     */
    public <T> Paged<T> read(long total, String name, PageReader<T> reader) {
        return page(Math.toIntExact(total), name, false, reader);
    }

    /** The same for what is told from its beginning: the last page is shown first. */
    public <T> Paged<T> readLatest(long total, String name, PageReader<T> reader) {
        return page(Math.toIntExact(total), name, true, reader);
    }

    /** Reads a part of a list. */
    public interface PageReader<T> {

        List<T> read(int offset, int limit);
    }

    private static <T> Paged<T> page(int total, String name, boolean lastFirst, PageReader<T> reader) {
        int pages = Math.max(1, (total + SIZE - 1) / SIZE);
        int page = Math.max(0, Math.min(asked(name, lastFirst ? pages - 1 : 0), pages - 1));
        int from = page * SIZE;
        return new Paged<>(
                total == 0 ? List.of() : reader.read(from, SIZE),
                total,
                from + 1,
                page > 0 ? address(name, page - 1) : null,
                page < pages - 1 ? address(name, page + 1) : null);
    }

    /** The number that the parameter asks for; the usual one where it is not a number. */
    private static int asked(String name, int usual) {
        String asked = request().getParameter(name);
        try {
            return asked == null ? usual : Integer.parseInt(asked);
        } catch (NumberFormatException e) {
            return usual;
        }
    }

    /** Of this page, and nothing else of it: an address that the reader's browser completes. What was sent by a form stays out. */
    private static String address(String name, int page) {
        StringBuilder query = new StringBuilder("?");
        if (request().getMethod().equals("GET")) {
            request().getParameterMap().forEach((other, values) -> {
                for (String value : other.equals(name) ? new String[0] : values) {
                    query.append(encoded(other))
                            .append('=')
                            .append(encoded(value))
                            .append('&');
                }
            });
        }
        return query.append(name).append('=').append(page).toString();
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
