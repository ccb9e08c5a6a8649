package org.guiling.web.security;

import java.util.List;
import java.util.Map;

/**
 * Something that can be asked for.
 *
 * @param path with its parameters in braces
 * @param query names of the parameters beside the path
 * @param fields names of what the body holds
 * @param base a body that is complete, or the part of it that is known
 */
record FuzzTarget(
        Door door,
        String method,
        String path,
        List<String> query,
        List<String> fields,
        Body body,
        Map<String, Object> base) {

    /** By which way it is asked, which tells who is let in and how they prove themselves. */
    enum Door {
        API,
        SCIM,
        PAGE,
        WEB_APP,
        ENGINE_REST
    }

    enum Body {
        NONE,
        JSON,
        FORM,
        MULTIPART
    }

    boolean changes() {
        return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
