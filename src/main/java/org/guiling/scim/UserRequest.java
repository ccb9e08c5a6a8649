package org.guiling.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.guiling.organization.Role;

/**
 * The person as a client wants them to be. Attributes that it leaves out are null and stay as they are; those that
 * directories send beside the ones we keep are ignored. Attributes are recognized in any case, and values as the
 * widespread directories write them: booleans as texts, complex attributes by a path with dots, single values within a
 * list.
 */
final class UserRequest {

    private static final String ENTERPRISE = ScimDocument.ENTERPRISE_SCHEMA.toLowerCase(Locale.ROOT);
    private static final String CORE = ScimDocument.USER_SCHEMA.toLowerCase(Locale.ROOT) + ":";

    /** {@code emails[type eq "work"].value}: attribute, filter, sub-attribute. */
    private static final Pattern PATH = Pattern.compile("([a-z0-9]+)(?:\\[([^\\]]*)])?(?:\\.([a-z0-9$]+))?");

    private static final Pattern WORK = Pattern.compile("type eq \"work\"|primary eq \"?true\"?");
    private static final Pattern ONE_ROLE = Pattern.compile("value eq \"([^\"]*)\"");
    private static final String DEPARTMENT = "department";

    /** Of the two schemas, and not kept here. */
    private static final Set<String> PASSED_OVER = Set.of(
            "schemas",
            "externalid",
            "nickname",
            "profileurl",
            "title",
            "usertype",
            "preferredlanguage",
            "locale",
            "timezone",
            "password",
            "phonenumbers",
            "ims",
            "photos",
            "addresses",
            "entitlements",
            "x509certificates",
            "employeenumber",
            "costcenter",
            "organization",
            "division",
            "manager");

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "groups");

    private enum Operation {
        ADD,
        REPLACE,
        REMOVE
    }

    private String userName;
    private String name;
    private String department;
    private Set<Role> roles;
    private String email;
    private Boolean active;

    private UserRequest() {}

    /** The body of a POST or PUT. What is the server's alone, as {@code id} and {@code meta}, is not read. */
    static UserRequest ofResource(JsonNode body) {
        UserRequest request = new UserRequest();
        request.setEach(requireObject(body), Operation.REPLACE, false);
        return request;
    }

    /**
     * The body of a PATCH.
     *
     * @param present the roles that the person has, to which some are added or of which some are removed
     */
    static UserRequest ofPatch(JsonNode body, Set<Role> present) {
        JsonNode operations = field(requireObject(body), "operations");
        if (operations == null || !operations.isArray() || operations.isEmpty()) {
            throw ScimException.invalidSyntax("Operations");
        }
        UserRequest request = new UserRequest();
        request.roles = copy(present);
        operations.forEach(operation -> request.apply(requireObject(operation)));
        return request;
    }

    /** The account; null where it is not named. */
    String userName() {
        return userName;
    }

    String name() {
        return name;
    }

    /** Code or name of a unit. */
    String department() {
        return department;
    }

    Set<Role> roles() {
        return roles;
    }

    /** Empty where it is to be known no longer. */
    String email() {
        return email;
    }

    Boolean active() {
        return active;
    }

    private void apply(JsonNode entry) {
        String op = text("op", field(entry, "op"));
        Operation operation = Stream.of(Operation.values())
                .filter(each -> each.name().equalsIgnoreCase(op))
                .findFirst()
                .orElseThrow(() -> ScimException.invalidValue("scim.operation", op));
        JsonNode path = field(entry, "path");
        JsonNode value = field(entry, "value");
        if (path != null) {
            set(text("path", path), value, operation, true);
        } else if (operation == Operation.REMOVE) {
            throw ScimException.invalidSyntax("path");
        } else {
            setEach(requireObject(value), operation, true);
        }
    }

    /** Each attribute of an object; the name to be shown wins over the formatted one. */
    private void setEach(JsonNode object, Operation operation, boolean strict) {
        object.properties().stream()
                .sorted(Comparator.comparing(entry -> lower(entry.getKey()).equals("displayname")))
                .forEach(entry -> set(entry.getKey(), entry.getValue(), operation, strict));
    }

    /** @param strict whether what is unknown or read-only is refused, and not passed over */
    private void set(String fullPath, JsonNode value, Operation operation, boolean strict) {
        String path = lower(fullPath);
        if (path.equals(ENTERPRISE)) {
            setEnterprise(value, operation, strict);
            return;
        }
        if (path.startsWith(ENTERPRISE + ":")) {
            path = path.substring(ENTERPRISE.length() + 1);
        } else if (path.startsWith(CORE)) {
            path = path.substring(CORE.length());
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            unknown(fullPath, strict);
            return;
        }
        JsonNode given = value == null || value.isNull() ? null : value;
        if (given == null && operation != Operation.REMOVE && !strict) {
            return;
        }
        boolean removed = operation == Operation.REMOVE || given == null;
        switch (parts.group(1)) {
            case "username" -> userName = required(fullPath, given, removed);
            case "displayname" -> name = required(fullPath, given, removed);
            case "name" -> setName(parts.group(3), fullPath, given, removed);
            case "active" -> active = bool(fullPath, given, removed);
            case "emails" -> setEmail(parts.group(2), fullPath, given, removed);
            case "roles" -> setRoles(parts.group(2), fullPath, given, removed, operation);
            case DEPARTMENT -> department = required(fullPath, given, removed);
            default -> {
                if (READ_ONLY.contains(parts.group(1)) && strict) {
                    throw ScimException.mutability(fullPath);
                }
                if (!PASSED_OVER.contains(parts.group(1))) {
                    unknown(fullPath, strict);
                }
            }
        }
    }

    private void setEnterprise(JsonNode value, Operation operation, boolean strict) {
        if (operation == Operation.REMOVE) {
            throw ScimException.invalidValue("scim.remove", DEPARTMENT);
        }
        if (value != null && !value.isNull()) {
            requireObject(value)
                    .properties()
                    .forEach(entry -> set(ENTERPRISE + ":" + entry.getKey(), entry.getValue(), operation, strict));
        }
    }

    private void setName(String part, String path, JsonNode value, boolean removed) {
        if (part == null && value != null) {
            JsonNode formatted = field(requireObject(value), "formatted");
            name = formatted == null ? name : text(path, formatted);
        } else if ("formatted".equals(part) && !removed) {
            name = text(path, value);
        }
    }

    /** One address is kept: the primary one, or that of work, or the first. */
    private void setEmail(String filter, String path, JsonNode value, boolean removed) {
        if (filter != null && !WORK.matcher(filter).matches()) {
            return;
        }
        if (removed) {
            email = "";
            return;
        }
        List<JsonNode> addresses = elements(value);
        email = addresses.stream()
                .min(Comparator.comparing((JsonNode each) -> !isTrue(field(each, "primary")))
                        .thenComparing(each -> !isText(field(each, "type"), "work")))
                .map(each -> text(path, valueOf(each)))
                .orElse("");
    }

    private void setRoles(String filter, String path, JsonNode value, boolean removed, Operation operation) {
        if (removed) {
            Matcher one = ONE_ROLE.matcher(Objects.requireNonNullElse(filter, ""));
            if (!one.matches()) {
                throw ScimException.invalidValue("scim.remove", path);
            }
            roles = copy(roles);
            roles.remove(role(one.group(1)));
            return;
        }
        // A path to the primary one comes from directories that know one role for each person.
        Set<Role> named = operation == Operation.ADD && filter == null ? copy(roles) : EnumSet.noneOf(Role.class);
        elements(value).forEach(each -> named.add(role(text(path, valueOf(each)))));
        roles = named;
    }

    private static Role role(String value) {
        return Stream.of(Role.values())
                .filter(each -> each.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> ScimException.invalidValue("scim.role", value));
    }

    private static Set<Role> copy(Set<Role> roles) {
        Set<Role> copy = EnumSet.noneOf(Role.class);
        if (roles != null) {
            copy.addAll(roles);
        }
        return copy;
    }

    private static void unknown(String path, boolean strict) {
        if (strict) {
            throw ScimException.invalidPath(path);
        }
    }

    private static String required(String path, JsonNode value, boolean removed) {
        if (removed) {
            throw ScimException.invalidValue("scim.remove", path);
        }
        return text(path, value);
    }

    private static boolean bool(String path, JsonNode value, boolean removed) {
        JsonNode one = removed ? null : single(value);
        if (isTrue(one)) {
            return true;
        }
        if (one == null || !(one.isBoolean() || isText(one, "false"))) {
            throw ScimException.invalidValue("scim.value", path);
        }
        return false;
    }

    private static boolean isTrue(JsonNode value) {
        return value != null && (value.isBoolean() ? value.booleanValue() : isText(value, "true"));
    }

    private static boolean isText(JsonNode value, String text) {
        return value != null && value.isTextual() && value.textValue().equalsIgnoreCase(text);
    }

    private static String text(String path, JsonNode value) {
        if (value == null) {
            throw ScimException.invalidSyntax(path);
        }
        JsonNode one = single(value);
        if (one == null || !one.isTextual()) {
            throw ScimException.invalidValue("scim.value", path);
        }
        return one.textValue().strip();
    }

    /** A list of one {@code {"value": …}} stands for its value. */
    private static JsonNode single(JsonNode value) {
        return value.isArray() && value.size() == 1 ? valueOf(value.get(0)) : value;
    }

    private static JsonNode valueOf(JsonNode element) {
        return element.isObject() ? field(element, "value") : element;
    }

    private static List<JsonNode> elements(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : List.of(value);
    }

    private static JsonNode requireObject(JsonNode value) {
        if (value == null || !value.isObject()) {
            throw ScimException.invalidSyntax("{ }");
        }
        return value;
    }

    /** The attribute in any case; null where it is missing. */
    private static JsonNode field(JsonNode object, String name) {
        return object.properties().stream()
                .filter(entry -> lower(entry.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
