package org.guiling.web.support.form;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestDataValueProcessor;

/**
 * Gives each form that is sent by POST a one-time key beside Spring Security's token, so that no template can forget it.
 * page.js keeps it for the page's place in the browser's history: going back finds the key of before.
 */
@Component
class FormKeys implements BeanPostProcessor {

    private static final String PROCESSOR = "requestDataValueProcessor";

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return name.equals(PROCESSOR) && bean instanceof RequestDataValueProcessor tokens ? new WithKey(tokens) : bean;
    }

    private record WithKey(RequestDataValueProcessor tokens) implements RequestDataValueProcessor {

        private static final String ATTRIBUTE = FormKeys.class.getName();

        @Override
        public String processAction(HttpServletRequest request, String action, String method) {
            return tokens.processAction(request, action, method);
        }

        @Override
        public String processFormFieldValue(HttpServletRequest request, String name, String value, String type) {
            return tokens.processFormFieldValue(request, name, value, type);
        }

        /** A form without a token is none that changes anything. */
        @Override
        public Map<String, String> getExtraHiddenFields(HttpServletRequest request) {
            Map<String, String> token = tokens.getExtraHiddenFields(request);
            if (token == null || token.isEmpty() || request.getRemoteUser() == null) {
                return token;
            }
            Map<String, String> fields = new LinkedHashMap<>(token);
            fields.put(OnceForms.FIELD, key(request));
            return fields;
        }

        @Override
        public String processUrl(HttpServletRequest request, String url) {
            return tokens.processUrl(request, url);
        }

        /** One for all forms of a page. */
        private static String key(HttpServletRequest request) {
            Object key = request.getAttribute(ATTRIBUTE);
            if (key == null) {
                key = UUID.randomUUID().toString();
                request.setAttribute(ATTRIBUTE, key);
            }
            return key.toString();
        }
    }
}
