package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.guiling.web.support.RawHttp;

/** One request in which one thing is not as it should be. */
final class FuzzRequest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "boundary-of-the-test";

    /** Ways to spoil a whole document. */
    private static final List<String> SPOILT = List.of(
            "",
            "null",
            "[]",
            "[{}]",
            "\"x\"",
            "1",
            "{",
            "{\"a\":1",
            "{\"a\":1}}",
            "{'a':1}",
            "{\"a\":1,}",
            "/* */{}",
            "\ufeff{}",
            "<a/>",
            "a=b",
            "[".repeat(5000),
            "{\"a\":1,\"a\":[null]}",
            "{\"\":null}",
            "{\"\\u0000\":1}");

    private static final List<String> TYPES = List.of(
            "*/*",
            "application/*",
            "application/json; charset=no-such",
            "application/json; charset=UTF-16",
            "application/json; charset=GBK",
            "text/xml",
            "text/plain",
            "application/xml",
            "application/octet-stream",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=other",
            "multipart/mixed; boundary=x",
            "application/x-www-form-urlencoded; charset=no-such",
            "nonsense",
            "/",
            ";",
            "application/json;a=\"b",
            "application/merge-patch+json",
            "application/scim+json");

    final FuzzTarget target;
    final String where;
    final String kind;
    private final String path;
    private final List<String> query;
    private final String type;
    /** Made when it is sent: there are many, and some are large. */
    private final Supplier<byte[]> body;

    private FuzzRequest(
            FuzzTarget target,
            String where,
            String kind,
            String path,
            List<String> query,
            String type,
            Supplier<byte[]> body) {
        this.target = target;
        this.where = where;
        this.kind = kind;
        this.path = path;
        this.query = query;
        this.type = type;
        this.body = body;
    }

    /** One of the target's parameters or fields with the value; the path's first. */
    static List<FuzzRequest> of(FuzzTarget target, FuzzValue value, UnaryOperator<String> filled) {
        List<FuzzRequest> all = new ArrayList<>();
        String path = filled.apply(target.path());
        Supplier<byte[]> body = () -> document(target, target.base());
        if (value.form() != null) {
            for (String parameter : target.path().split("/")) {
                if (parameter.startsWith("{") && value.form().length() < 10_000) {
                    String spoilt = filled.apply(target.path().replace(parameter, value.form()));
                    all.add(new FuzzRequest(target, parameter, value.kind(), spoilt, List.of(), type(target), body));
                }
            }
            for (String name : target.query()) {
                all.add(new FuzzRequest(
                        target,
                        "?" + name,
                        value.kind(),
                        path,
                        List.of(encoded(name), "=", value.form()),
                        type(target),
                        body));
            }
        }
        for (String field : target.fields()) {
            if (target.body() == FuzzTarget.Body.JSON || value.form() != null) {
                all.add(new FuzzRequest(
                        target,
                        field,
                        value.kind(),
                        path,
                        List.of(),
                        type(target),
                        () -> spoilt(target, field, value)));
            }
        }
        return all;
    }

    /** Requests that are not about one value: names, documents, types, parts that are missing or cut off. */
    static List<FuzzRequest> ofTheWhole(FuzzTarget target, UnaryOperator<String> filled) {
        List<FuzzRequest> all = new ArrayList<>();
        String path = filled.apply(target.path());
        byte[] whole = document(target, target.base());
        String first = target.query().isEmpty() ? "x" : target.query().get(0);
        for (String query : List.of(
                first + "[100000]=x",
                first + "[0].y=x",
                first + ".class.name=x",
                "%00=x",
                "%zz=%zz",
                "a=%E0%A4%A",
                "=",
                "&&&",
                "lang=%00",
                "lang=" + "x".repeat(5000),
                "x".repeat(12_000),
                first + "=1&" + first + "=2",
                "_method=DELETE",
                "page=-1",
                "page=2147483647",
                "sort=" + "a,".repeat(6000),
                "page[100000]=1")) {
            all.add(new FuzzRequest(
                    target,
                    "query",
                    query.length() > 40 ? query.substring(0, 40) : query,
                    path,
                    List.of(query),
                    type(target),
                    () -> whole));
        }
        if (target.body() == FuzzTarget.Body.NONE) {
            return all;
        }
        for (String spoilt : SPOILT) {
            String kind = spoilt.length() > 40 ? "deep" : spoilt;
            all.add(new FuzzRequest(target, "body", kind, path, List.of(), type(target), () -> spoilt.getBytes(UTF_8)));
        }
        for (String type : TYPES) {
            all.add(new FuzzRequest(target, "Content-Type", type, path, List.of(), type, () -> whole));
        }
        if (whole.length > 20) {
            for (int end : new int[] {1, whole.length / 2, whole.length - 3}) {
                all.add(new FuzzRequest(
                        target, "body", "cut off", path, List.of(), type(target), () -> Arrays.copyOf(whole, end)));
            }
        }
        for (String field : target.fields()) {
            String name = encoded(field);
            Supplier<byte[]> body = () -> target.body() == FuzzTarget.Body.JSON
                    ? without(target, field)
                    : (name + "[100000]=x&" + name + "[0]=y&" + name + ".z=1").getBytes(UTF_8);
            all.add(new FuzzRequest(target, field, "missing or indexed", path, List.of(), type(target), body));
        }
        return all;
    }

    RawHttp.Answer send(int port, String credentials) {
        String head = target.method() + " " + path + (query.isEmpty() ? "" : "?" + String.join("", query)) + " HTTP/1.1"
                + (type == null ? "" : "\r\nContent-Type: " + type) + credentials;
        return RawHttp.send(port, head, body.get());
    }

    @Override
    public String toString() {
        String sent = new String(body.get(), UTF_8);
        return "%s %s?%s (%s of %s) %s %s"
                .formatted(
                        target.method(),
                        shortened(path),
                        shortened(String.join("", query)),
                        kind,
                        where,
                        type,
                        shortened(sent));
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    private static String type(FuzzTarget target) {
        return switch (target.body()) {
            case NONE -> null;
            case JSON -> target.door() == FuzzTarget.Door.SCIM ? "application/scim+json" : "application/json";
            case FORM -> "application/x-www-form-urlencoded";
            case MULTIPART -> "multipart/form-data; boundary=" + BOUNDARY;
        };
    }

    private static byte[] spoilt(FuzzTarget target, String field, FuzzValue value) {
        return switch (target.body()) {
            case NONE -> new byte[0];
            case JSON -> json(target.base(), field, value.json());
            case FORM -> form(target.base(), field, value.form()).getBytes(UTF_8);
            case MULTIPART -> multipart(target.base(), field, java.net.URLDecoder.decode(value.form(), UTF_8));
        };
    }

    private static byte[] without(FuzzTarget target, String field) {
        return json(target.base(), field, null);
    }

    private static byte[] document(FuzzTarget target, Map<String, Object> base) {
        return switch (target.body()) {
            case NONE -> new byte[0];
            case JSON -> json(base, null, null);
            case FORM -> form(base, null, null).getBytes(UTF_8);
            case MULTIPART -> multipart(base, null, null);
        };
    }

    private static byte[] json(Map<String, Object> base, String field, String value) {
        String others = base.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(field))
                .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                .collect(Collectors.joining(","));
        String own = field == null || value == null ? "" : (others.isEmpty() ? "" : ",") + quoted(field) + ":" + value;
        return ("{" + others + own + "}").getBytes(UTF_8);
    }

    private static String form(Map<String, Object> base, String field, String value) {
        String others = base.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(field))
                .flatMap(entry -> (entry.getValue() instanceof Collection<?> list ? list : List.of(entry.getValue()))
                        .stream().map(one -> encoded(entry.getKey()) + "=" + encoded(one.toString())))
                .collect(Collectors.joining("&"));
        return field == null ? others : others + "&" + encoded(field) + "=" + value;
    }

    private static byte[] multipart(Map<String, Object> base, String field, String value) {
        StringBuilder parts = new StringBuilder();
        base.forEach((name, text) -> part(parts, name, text.toString()));
        if (field != null) {
            part(parts, field, value);
        }
        if (!"file".equals(field)) {
            parts.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n"
                    .formatted(BOUNDARY));
        }
        return parts.append("--%s--\r\n".formatted(BOUNDARY)).toString().getBytes(UTF_8);
    }

    private static void part(StringBuilder parts, String name, String value) {
        parts.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(BOUNDARY, name))
                .append(value)
                .append("\r\n");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String quoted(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
