package org.guiling.web.support;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.item.ItemNumber;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.WebUtils;

/**
 * Keeps the words of a search out of addresses, since they may be a petitioner's name: the session has them under a key, and
 * the page's address has the key. {@link SearchWordsFilter} puts them back. The number of an item names nobody and stays.
 */
@Component
public class SearchWords {

    /** The parameter with the words. */
    public static final String WORDS = "text";

    /** The parameter with the key in their place. */
    public static final String KEY = "search";

    static final int LONGEST = 1_000;

    /** Going back leads to as many searches. */
    static final int KEPT = 50;

    private static final int KEY_BYTES = 16;

    /** Parameters that each form brings beside its fields. */
    private static final Set<String> TOKENS = Set.of("_csrf", "_once");

    private final SecureRandom random = new SecureRandom();

    /** The words by their keys, the ones that were searched for last at the end. */
    private static final class Kept extends LinkedHashMap<String, String> {

        Kept() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    }

    /** The address of a page with what its form asks for. */
    public String address(String page, HttpServletRequest form) {
        Map<String, String> asked = new LinkedHashMap<>();
        form.getParameterMap().forEach((name, values) -> {
            String value = String.join(",", values).strip();
            if (!value.isEmpty() && !TOKENS.contains(name)) {
                asked.put(name, value);
            }
        });
        String query = query(withKey(asked));
        if (query.length() > 4 * LONGEST) {
            throw RefusedException.invalid(WORDS, "search.too-long", LONGEST);
        }
        return query.isEmpty() ? page : page + "?" + query;
    }

    /**
     * The values with the key in place of the words.
     *
     * @throws RefusedException when the words are longer than anybody's
     */
    public Map<String, String> withKey(Map<String, String> values) {
        String words = values.get(WORDS);
        if (words == null || words.isBlank() || ItemNumber.matches(words.strip())) {
            return values;
        }
        Map<String, String> hidden = new LinkedHashMap<>();
        values.forEach((name, value) ->
                hidden.put(name.equals(WORDS) ? KEY : name, name.equals(WORDS) ? key(words.strip()) : value));
        return hidden;
    }

    /** The parameter that stands for the words in an address, with its value; empty for no words. */
    public Map<String, String> parameter(String words) {
        return words == null || words.isBlank() ? Map.of() : withKey(Map.of(WORDS, words));
    }

    /** True where an address has a key whose words the session has no more, or never had. */
    public static boolean isForgotten(String key, String words) {
        return StringUtils.hasText(key) && words == null;
    }

    /** The values as a query; empty for none. */
    public static String query(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The words of a key of this session; null when it has none. */
    static String words(HttpSession session, String key) {
        if (session == null) {
            return null;
        }
        synchronized (WebUtils.getSessionMutex(session)) {
            return kept(session).get(key);
        }
    }

    private String key(String words) {
        if (words.length() > LONGEST) {
            throw RefusedException.invalid(WORDS, "search.too-long", LONGEST);
        }
        HttpSession session = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest()
                .getSession();
        synchronized (WebUtils.getSessionMutex(session)) {
            Kept kept = kept(session);
            String key = kept.entrySet().stream()
                    .filter(each -> each.getValue().equals(words))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(this::newKey);
            kept.put(key, words);
            return key;
        }
    }

    private static Kept kept(HttpSession session) {
        Kept kept = (Kept) session.getAttribute(SearchWords.class.getName());
        if (kept == null) {
            kept = new Kept();
            session.setAttribute(SearchWords.class.getName(), kept);
        }
        return kept;
    }

    private String newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
