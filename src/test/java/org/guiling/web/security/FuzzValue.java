package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of value that nobody has in mind.
 *
 * @param json as it stands in a document
 * @param form as it stands in a query, a path or a form, percent-encoded; null where it has no such form
 */
record FuzzValue(String kind, String json, String form) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<FuzzValue> all() {
        List<FuzzValue> all = new ArrayList<>();
        all.add(new FuzzValue("null", "null", ""));
        all.add(new FuzzValue("list", "[]", null));
        all.add(new FuzzValue("list of null", "[null]", null));
        all.add(new FuzzValue("list of lists", "[[[\"x\"]]]", null));
        all.add(new FuzzValue("object", "{}", null));
        all.add(new FuzzValue("object of null", "{\"value\":null,\"type\":null}", null));
        all.add(new FuzzValue("200 deep", "[".repeat(200) + "]".repeat(200), null));
        all.add(new FuzzValue("3,000 deep", "{\"a\":".repeat(3000) + "1" + "}".repeat(3000), null));
        all.add(new FuzzValue("true", "true", "true"));
        all.add(new FuzzValue("a number", "1.5", "1.5"));
        all.add(new FuzzValue("negative", "-1", "-1"));
        all.add(new FuzzValue("zero", "0", "0"));
        all.add(new FuzzValue("beyond int", "2147483648", "2147483648"));
        all.add(new FuzzValue("beyond long", "99999999999999999999999", "99999999999999999999999"));
        all.add(new FuzzValue("1e400", "1e400", "1e400"));
        all.add(new FuzzValue("1e999999999", "1e999999999", "1e999999999"));
        all.add(new FuzzValue("NaN", "NaN", "NaN"));
        all.add(new FuzzValue("NUL", "\"a\\u0000b\"", "a%00b"));
        all.add(new FuzzValue("control characters", "\"\\u0001\\u001b[31m\\u007f\"", "%01%1B%7F"));
        all.add(new FuzzValue("half a surrogate", "\"a\\ud800b\"", "a%ED%A0%80b"));
        all.add(new FuzzValue("noncharacter", "\"\\uffff\\ufdd0\"", "%EF%BF%BF%EF%B7%90"));
        all.add(new FuzzValue("no UTF-8", "\"\\udfff\"", "%C3%28%FF"));
        for (String[] text : new String[][] {
            {"nothing", ""},
            {"blanks", " \t "},
            {"lines", "a\r\nSet-Cookie: x=y"},
            {"right to left", "\u202e\u0645\u0631\u062d\u0628\u0627 \u200f\u05d0"},
            {"combined", "e" + "\u0301".repeat(300) + "\ud83d\udc68\u200d\ud83d\udc69"},
            {"parent folder", ".."},
            {"far folder", "../../../../etc/passwd"},
            {"encoded folder", "%2e%2e%2f%00"},
            {"a date before time", "-999999999-01-01"},
            {"a date after time", "+999999999-12-31"},
            {"a date of Java's end", "+292278994-08-17"},
            {"a date of year 0", "0000-00-00"},
            {"no such day", "2026-02-30"},
            {"an instant out of range", "2026-13-05T25:61:00.000+9999"},
            {"SQL", "x' or '1'='1' --"},
            {"like", "%_\\"},
            {"HTML", "<img src=x onerror=alert(1)>"},
            {"template", "{x}${7*7}#{7*7}{{x}}[[x]]"},
            {"unknown code", "NO_SUCH_THING"},
            {"many", "a,".repeat(5000)},
            {"column", "+title,-title,title;drop"},
            {"expression", "a\"b]}{"},
            {"id of nobody", "00000000-0000-0000-0000-000000000000"}
        }) {
            all.add(text(text[0], text[1]));
        }
        all.add(text("12 kB", "长".repeat(1200)));
        all.add(new FuzzValue("100 kB", "\"" + "x".repeat(100_000) + "\"", "x".repeat(100_000)));
        return all;
    }

    private static FuzzValue text(String kind, String text) {
        try {
            return new FuzzValue(
                    kind,
                    JSON.writeValueAsString(text),
                    URLEncoder.encode(text, UTF_8).replace("+", "%20"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
