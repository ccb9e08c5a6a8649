package org.guiling.signon.step;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Takes the code of the second factor, as the login form's filter takes account and password. */
public class SecondStepFilter extends AbstractAuthenticationProcessingFilter {

    /** Of the page, and of its form. */
    public static final String PATH = "/login/second-factor";

    private final SecondStep secondStep;

    public SecondStepFilter(SecondStep secondStep) {
        super(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, PATH));
        this.secondStep = secondStep;
        setSecurityContextRepository(new HttpSessionSecurityContextRepository());
    }

    @Override
    public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
        AbstractAuthenticationToken authentication =
                secondStep.pass(request, Objects.toString(request.getParameter("code"), ""));
        authentication.setDetails(authenticationDetailsSource.buildDetails(request));
        return authentication;
    }
}
