package org.guiling.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.guiling.organization.Organization;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.Person;
import org.guiling.signon.provider.Provider;
import org.guiling.web.support.DemoData;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which people sign on. With demo data it names the accounts to try. */
@Controller
public class LoginPage {

    /** The reasons for being sent here; each is a text {@code login.*}. */
    private static final List<String> NOTICES = List.of(
            "error",
            "not-in-organization",
            "another-subject",
            "initial-over",
            "throttled",
            "unavailable",
            "signed-off",
            "expired",
            "password-changed");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

    private final Organization organization;
    private final OrganizationProperties properties;
    private final DemoData demoData;
    private final Optional<Provider> provider;

    LoginPage(
            Organization organization,
            OrganizationProperties properties,
            DemoData demoData,
            Optional<Provider> provider) {
        this.provider = provider;
        this.organization = organization;
        this.properties = properties;
        this.demoData = demoData;
    }

    @GetMapping("/login")
    String login(
            @RequestParam Map<String, String> parameters,
            HttpServletRequest request,
            Authentication authentication,
            CsrfToken token,
            Model model) {
        Optional<String> signOff = Provider.pendingSignOff(request);
        if (signOff.isPresent()) {
            return "redirect:" + signOff.get();
        }
        if (authentication != null) {
            return "redirect:/";
        }
        // Before the page is written: a cookie has to come first.
        token.getToken();
        model.addAttribute(
                "notice",
                NOTICES.stream().filter(parameters::containsKey).findFirst().orElse(null));
        model.addAttribute("seconds", seconds(parameters.getOrDefault("throttled", "")));
        model.addAttribute("provider", provider.isPresent() ? Provider.SIGN_ON : null);
        List<Person> accounts = demoData.isActive() ? organization.people() : List.of();
        model.addAttribute("accounts", accounts);
        model.addAttribute("initialPassword", properties.initialPassword());
        return "login";
    }

    /** Number of seconds to wait; a minute where the address does not say. */
    private static int seconds(String parameter) {
        return SECONDS.matcher(parameter).matches() ? Integer.parseInt(parameter) : 60;
    }
}
