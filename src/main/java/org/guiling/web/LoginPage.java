package org.guiling.web;

import java.util.List;
import java.util.Map;
import org.guiling.organization.Organization;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.Person;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people sign on. With demo data it names the accounts to try. */
@Controller
class LoginPage {

    /** What may have brought somebody here; each is a text {@code login.*}. */
    private static final List<String> NOTICES = List.of("error", "signed-off", "expired", "password-changed");

    private final Organization organization;
    private final OrganizationProperties properties;
    private final DemoData demoData;

    LoginPage(Organization organization, OrganizationProperties properties, DemoData demoData) {
        this.organization = organization;
        this.properties = properties;
        this.demoData = demoData;
    }

    @GetMapping("/login")
    String login(@RequestParam Map<String, String> parameters, Authentication authentication, Model model) {
        if (authentication != null) {
            return "redirect:/";
        }
        model.addAttribute(
                "notice",
                NOTICES.stream().filter(parameters::containsKey).findFirst().orElse(null));
        List<Person> accounts = demoData.isActive() ? organization.people() : List.of();
        model.addAttribute("accounts", accounts);
        model.addAttribute("initialPassword", properties.initialPassword());
        return "login";
    }
}
