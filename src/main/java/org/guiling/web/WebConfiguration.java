package org.guiling.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.filter.OncePerRequestFilter;

/** What pages and {@code /api} need around their controllers. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebConfiguration {

    private static final int AFTER_LANGUAGE_BEFORE_SECURITY = -103;

    @Bean
    OpenAPI interfaceDescription() {
        return new OpenAPI()
                .info(new Info().title("Guiling 归零").description("Errors are problem documents (RFC 9457)."))
                .components(new Components()
                        .addSecuritySchemes(
                                "basic",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }

    /**
     * Refuses an upload by its announced length. Without it the search for the CSRF token would swallow the body's
     * error, and the answer would be about the token.
     */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> uploadLimit(MultipartProperties multipart, SecurityProblems problems) {
        FilterRegistrationBean<OncePerRequestFilter> registration =
                new FilterRegistrationBean<>(new UploadLimit(multipart, problems));
        registration.setOrder(AFTER_LANGUAGE_BEFORE_SECURITY);
        return registration;
    }

    private static final class UploadLimit extends OncePerRequestFilter {

        private final long limit;
        private final SecurityProblems problems;

        UploadLimit(MultipartProperties multipart, SecurityProblems problems) {
            this.limit = multipart.getMaxRequestSize().toBytes();
            this.problems = problems;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String type = request.getContentType();
            boolean upload = type != null && type.startsWith("multipart/");
            if (upload && request.getContentLengthLong() > limit) {
                problems.tooLarge(request, response);
            } else {
                chain.doFilter(request, response);
            }
        }
    }
}
