package org.guiling.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.scim.ScimDocument.Email;
import org.guiling.scim.ScimDocument.Page;
import org.guiling.scim.ScimDocument.RoleValue;
import org.guiling.scim.ScimDocument.User;
import org.guiling.text.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** People by SCIM 2.0, for the office's directory: it signs on as an administrator, with a password or a token. */
@RestController
@RequestMapping(
        path = ScimApi.PATH,
        produces = {ScimError.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
class ScimApi {

    static final String PATH = "/scim/v2/Users";

    private static final int LIMIT = 200;
    private static final Pattern FILTER = Pattern.compile(
            "\\s*(?:" + Pattern.quote(ScimDocument.USER_SCHEMA + ":") + ")?(?:userName|id)\\s+eq\\s+(\".*\")\\s*",
            Pattern.CASE_INSENSITIVE);

    private final ScimUsers users;
    private final Texts texts;
    private final ObjectMapper json;

    ScimApi(ScimUsers users, Texts texts, ObjectMapper json) {
        this.users = users;
        this.texts = texts;
        this.json = json;
    }

    @GetMapping
    Page list(
            @RequestParam Optional<String> filter,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "100") int count) {
        if (filter.isPresent()) {
            List<User> found =
                    users.find(id(filter.get())).map(this::user).stream().toList();
            return Page.of(found, 1, found.size());
        }
        int first = Math.max(startIndex, 1);
        ScimUsers.Found found = users.list(first - 1, Math.min(Math.max(count, 0), LIMIT));
        return Page.of(found.people().stream().map(this::user).toList(), first, found.total());
    }

    @GetMapping("/{id}")
    User get(@PathVariable String id) {
        return users.find(id).map(this::user).orElseThrow(() -> ScimException.notFound(id));
    }

    @PostMapping
    ResponseEntity<User> create(@RequestBody JsonNode body) {
        User user = user(users.create(UserRequest.ofResource(body)));
        return ResponseEntity.created(URI.create(user.meta().location())).body(user);
    }

    @PutMapping("/{id}")
    User replace(@PathVariable String id, @RequestBody JsonNode body) {
        return user(users.change(id, before -> UserRequest.ofResource(body)));
    }

    @PatchMapping("/{id}")
    User change(@PathVariable String id, @RequestBody JsonNode body) {
        return user(users.change(
                id, before -> UserRequest.ofPatch(body, before.person().roles())));
    }

    /** The record stays: what somebody did is theirs for ever. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        users.deactivate(id);
    }

    @ExceptionHandler
    ResponseEntity<ScimError> refused(ScimException refused) {
        return answer(refused.status(), refused.scimType(), texts.get(refused.code(), refused.arguments()));
    }

    @ExceptionHandler
    ResponseEntity<ScimError> refused(RefusedException refused) {
        Problem problem = refused.problems().get(0);
        String type =
                switch (refused.kind()) {
                    case INVALID -> "invalidValue";
                    case CONFLICT -> problem.code().equals(OrganizationChanges.PERSON_EXISTS) ? "uniqueness" : null;
                    default -> null;
                };
        return answer(
                HttpStatus.valueOf(refused.kind().status()), type, texts.get(problem.code(), problem.arguments()));
    }

    @ExceptionHandler
    ResponseEntity<ScimError> unreadable(HttpMessageNotReadableException body) {
        return answer(HttpStatus.BAD_REQUEST, "invalidSyntax", texts.get("problem.body"));
    }

    private static ResponseEntity<ScimError> answer(HttpStatus status, String scimType, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.valueOf(ScimError.MEDIA_TYPE))
                .body(ScimError.of(status.value(), scimType, detail));
    }

    /** The account that a filter asks for; userName and id are the same. */
    private String id(String filter) {
        Matcher asked = FILTER.matcher(filter);
        if (!asked.matches()) {
            throw ScimException.invalidFilter();
        }
        try {
            return json.readValue(asked.group(1), String.class);
        } catch (JsonProcessingException malformed) {
            throw ScimException.invalidFilter();
        }
    }

    private User user(RegisteredPerson registered) {
        String id = registered.person().id();
        String email = registered.addresses().email();
        return new User(
                id,
                registered.person().name(),
                registered.active(),
                email == null ? List.of() : List.of(new Email(email, "work", true)),
                registered.person().roles().stream()
                        .map(role -> new RoleValue(role.name(), texts.label(role)))
                        .toList(),
                registered.person().unitCode(),
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path(PATH + "/{id}")
                        .buildAndExpand(id)
                        .toUriString());
    }
}
