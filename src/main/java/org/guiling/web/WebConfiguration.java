package org.guiling.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.util.EnumSet;
import java.util.List;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.idempotency.IdempotencyKeys;
import org.guiling.organization.CurrentPerson;
import org.guiling.web.security.BodyPace;
import org.guiling.web.security.PaceProperties;
import org.guiling.web.security.Proxies;
import org.guiling.web.security.RefusedRequests;
import org.guiling.web.security.RequestLimit;
import org.guiling.web.security.SecurityHeaders;
import org.guiling.web.security.SecurityProblems;
import org.guiling.web.security.TextGuard;
import org.guiling.web.support.ItemTags;
import org.guiling.web.support.SearchWordsFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.MultipartConfigFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Configures Spring MVC for pages and {@code /api}. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebConfiguration {

    private static final int AFTER_FORWARDED_HEADERS = Ordered.HIGHEST_PRECEDENCE + 10;
    private static final int AFTER_LANGUAGE_BEFORE_SECURITY = -103;
    private static final int AFTER_LIMITS_BEFORE_SECURITY = -102;

    /** Around every method of a controller, in place of Spring's own. */
    @Bean
    WebMvcRegistrations keyedRequests(
            IdempotencyKeys keys, CurrentPerson currentPerson, ObjectProvider<ItemTags> tags) {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new KeyedRequests(keys, currentPerson, tags);
            }
        };
    }

    /** Before anything asks where a request comes from. */
    @Bean
    FilterRegistrationBean<Proxies> proxies(Environment environment) {
        List<String> proxies = Binder.get(environment)
                .bind("guiling.requests.proxies", Bindable.listOf(String.class))
                .orElse(List.of());
        FilterRegistrationBean<Proxies> registration = new FilterRegistrationBean<>(new Proxies(proxies));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    /** Outside everything else, so that no answer leaves without them. */
    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        FilterRegistrationBean<SecurityHeaders> registration = new FilterRegistrationBean<>(new SecurityHeaders());
        registration.setOrder(AFTER_FORWARDED_HEADERS);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestLimit> requestLimit(
            EvidenceProperties evidence,
            MultipartProperties multipart,
            @Value("${guiling.requests.largest-body}") DataSize largestBody,
            SecurityProblems problems) {
        FilterRegistrationBean<RequestLimit> registration = new FilterRegistrationBean<>(
                new RequestLimit(evidence.largestUpload(), multipart.getMaxRequestSize(), largestBody, problems));
        registration.setOrder(AFTER_LANGUAGE_BEFORE_SECURITY);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodyPace(
            PaceProperties pace,
            @Value("${guiling.requests.swallowed}") DataSize swallowed,
            FilterRegistrationBean<Proxies> proxies) {
        // The valve is asked before the filter is.
        return server -> server.addEngineValves(new BodyPace(pace, swallowed.toBytes(), proxies.getFilter()::client));
    }

    /** Within the limits, so that it reads no more than may come. */
    @Bean
    FilterRegistrationBean<TextGuard> textGuard(SecurityProblems problems, RefusedRequests refusedRequests) {
        FilterRegistrationBean<TextGuard> registration =
                new FilterRegistrationBean<>(new TextGuard(problems, refusedRequests));
        registration.setOrder(AFTER_LIMITS_BEFORE_SECURITY);
        return registration;
    }

    /** Behind security, so that the session is its owner's. */
    @Bean
    FilterRegistrationBean<SearchWordsFilter> searchWordsFilter() {
        FilterRegistrationBean<SearchWordsFilter> registration = new FilterRegistrationBean<>(new SearchWordsFilter());
        registration.addUrlPatterns(
                "/items", "/todos", "/administration/people", "/api/items", "/api/exports/ledger.xlsx");
        return registration;
    }

    /**
     * Uploads go to the disk on which evidence is kept, never through memory or a small temporary folder. What is no
     * evidence is held to its own limit by {@link RequestLimit}.
     */
    @Bean
    MultipartConfigElement multipartConfig(EvidenceProperties evidence, MultipartProperties others) {
        MultipartConfigFactory factory = new MultipartConfigFactory();
        factory.setLocation(evidence.incoming().toString());
        factory.setMaxFileSize(larger(evidence.largestFile(), others.getMaxFileSize()));
        factory.setMaxRequestSize(larger(evidence.largestUpload(), others.getMaxRequestSize()));
        return factory.createMultipartConfig();
    }

    private static DataSize larger(DataSize one, DataSize other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
