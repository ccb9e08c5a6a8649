package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.guiling.engine.webapp.ReadRequest;
import org.guiling.idempotency.FirstAnswer;
import org.guiling.idempotency.IdempotencyKey;
import org.guiling.idempotency.IdempotencyKeys;
import org.guiling.idempotency.Sending;
import org.guiling.organization.CurrentPerson;
import org.guiling.web.security.ApiProblems;
import org.guiling.web.support.GuardedUpload;
import org.guiling.web.support.ItemTags;
import org.guiling.web.support.TellsSecret;
import org.guiling.web.support.form.RequestFingerprint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Calls the methods of controllers. A POST of {@code /api} with an {@code Idempotency-Key} is done once, and what names with
 * {@code If-Match} the item that it knows is done to no other: here, around whichever method it is for, so that no new one can
 * forget it, and within the reach of {@link ApiProblems}.
 */
class KeyedRequests extends RequestMappingHandlerAdapter {

    private final IdempotencyKeys keys;
    private final CurrentPerson currentPerson;
    private final ObjectProvider<ItemTags> tags;

    /** @param tags asked for when they are needed: what they stand on is made after this */
    KeyedRequests(IdempotencyKeys keys, CurrentPerson currentPerson, ObjectProvider<ItemTags> tags) {
        this.keys = keys;
        this.currentPerson = currentPerson;
        this.tags = tags;
    }

    /** A call of a controller's method for a request. */
    private interface Call {
        ModelAndView on(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    @Override
    protected ModelAndView handleInternal(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod method) throws Exception {
        Call call = (sent, answer) -> super.handleInternal(sent, answer, method);
        if (!ApiProblems.isApi(request) || HttpMethod.GET.matches(request.getMethod())) {
            return call.on(request, response);
        }
        boolean keyed =
                HttpMethod.POST.matches(request.getMethod()) && request.getHeader(IdempotencyKey.HEADER) != null;
        String key = keyed ? IdempotencyKey.of(Collections.list(request.getHeaders(IdempotencyKey.HEADER))) : null;
        boolean matched = request.getHeader(HttpHeaders.IF_MATCH) != null
                && tags.getObject().areAsked(request);
        if (request instanceof MultipartHttpServletRequest upload) {
            return upload(key, matched, call, upload, response, method);
        }
        if (!keyed && !matched) {
            return call.on(request, response);
        }
        Call checked = matched ? (sent, answer) -> matching(call, sent, answer) : call;
        boolean secret = method.hasMethodAnnotation(TellsSecret.class);
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        if (keyed) {
            byte[] body = body(request);
            Sending sending = sending(key, new RequestFingerprint(request).with(body));
            answer(
                    keys.once(sending, () -> run(checked, new ReadRequest(request, body), answer, secret)),
                    answer,
                    response);
        } else {
            answer(keys.inOneTransaction(() -> run(checked, request, answer, secret)), answer, response);
        }
        return null;
    }

    private ModelAndView matching(Call call, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        tags.getObject().requireMatchLocked(request);
        return call.on(request, response);
    }

    /** Uploads have transactions of their own, and whoever may not send any is refused before they are read. */
    private ModelAndView upload(
            String key,
            boolean matched,
            Call call,
            MultipartHttpServletRequest upload,
            HttpServletResponse response,
            HandlerMethod method)
            throws Exception {
        if (key == null) {
            requireMatch(matched, upload);
            return call.on(upload, response);
        }
        if (method.getBean() instanceof GuardedUpload guarded) {
            guarded.requireMayUpload(itemNo(upload));
        }
        Sending sending = sending(key, new RequestFingerprint(upload).with(upload));
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        FirstAnswer first = keys.onceInSeveralTransactions(sending, () -> {
            requireMatch(matched, upload);
            return run(call, upload, answer, false);
        });
        answer(first, answer, response);
        return null;
    }

    private void requireMatch(boolean matched, HttpServletRequest request) {
        if (matched) {
            tags.getObject().requireMatch(request);
        }
    }

    private Sending sending(String key, RequestFingerprint asked) {
        return new Sending(currentPerson.get().id(), key, asked.digest());
    }

    /** The answer stays here until its transaction is over. */
    private static FirstAnswer run(
            Call call, HttpServletRequest request, ContentCachingResponseWrapper answer, boolean secret)
            throws Exception {
        call.on(request, answer);
        byte[] body = answer.getContentAsByteArray();
        return new FirstAnswer(
                answer.getStatus(),
                answer.getHeader(HttpHeaders.LOCATION),
                answer.getContentType(),
                body.length == 0 ? null : new String(body, UTF_8),
                secret);
    }

    private static void answer(FirstAnswer first, ContentCachingResponseWrapper made, HttpServletResponse response)
            throws IOException {
        if (made.getContentSize() > 0 || made.isCommitted()) {
            made.copyBodyToResponse();
            return;
        }
        response.setStatus(first.status());
        if (first.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, first.location());
        }
        if (first.body() != null) {
            byte[] body = first.body().getBytes(UTF_8);
            response.setContentType(first.contentType());
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    private static byte[] body(HttpServletRequest request) {
        try {
            return request.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new HttpMessageNotReadableException(
                    "The body cannot be read", e, new ServletServerHttpRequest(request));
        }
    }

    private static String itemNo(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return String.valueOf(((Map<?, ?>) variables).get("itemNo"));
    }
}
