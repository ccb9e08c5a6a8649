package org.guiling.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.guiling.signon.OurCookies;
import org.guiling.web.support.GivenOnce;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** Chinese first, English for those who ask for it; the same for our pages and for Camunda's REST. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

    private static final int AFTER_REQUEST_CONTEXT = -104;

    /** The cookie is read by the scripts of Camunda's web apps as well. */
    @Bean
    LocaleResolver localeResolver(OurCookies cookies) {
        AcceptHeaderLocaleResolver browser = new AcceptHeaderLocaleResolver();
        browser.setSupportedLocales(List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH));
        browser.setDefaultLocale(Locale.SIMPLIFIED_CHINESE);
        CookieLocaleResolver chosen = new CookieLocaleResolver(cookies.named("guiling-language"));
        // A value that is no language is somebody's mistake or trick; the browser's own choice counts then.
        chosen.setRejectInvalidCookies(false);
        chosen.setCookieHttpOnly(false);
        chosen.setCookieSameSite("Lax");
        chosen.setCookieSecure(cookies.isSecure());
        chosen.setCookieMaxAge(Duration.ofDays(365));
        chosen.setDefaultLocaleFunction(browser::resolveLocale);
        return chosen;
    }

    /** {@code ?lang=en} and {@code ?lang=zh-CN} on any page. */
    @Bean
    WebMvcConfigurer languageChoice() {
        LocaleChangeInterceptor choice = new LocaleChangeInterceptor();
        choice.setParamName("lang");
        choice.setIgnoreInvalidLocale(true);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(choice);
                registry.addInterceptor(new GivenOnce());
            }
        };
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> languageFilter(LocaleResolver resolver) {
        FilterRegistrationBean<OncePerRequestFilter> registration =
                new FilterRegistrationBean<>(new LanguageFilter(resolver));
        registration.setOrder(AFTER_REQUEST_CONTEXT);
        return registration;
    }

    /** Servlets that are not Spring's (Camunda's) get the language of the request as well. */
    private static final class LanguageFilter extends OncePerRequestFilter {

        private final LocaleResolver resolver;

        LanguageFilter(LocaleResolver resolver) {
            this.resolver = resolver;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            LocaleContextHolder.setLocale(resolver.resolveLocale(request));
            chain.doFilter(request, response);
        }
    }
}
