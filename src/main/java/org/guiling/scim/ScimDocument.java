package org.guiling.scim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The documents that SCIM answers with, beside {@link ScimError}. */
final class ScimDocument {

    static final String USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final List<String> USER_SCHEMAS = List.of(USER_SCHEMA, ENTERPRISE_SCHEMA);
    private static final List<String> LIST_SCHEMAS = List.of("urn:ietf:params:scim:api:messages:2.0:ListResponse");

    private ScimDocument() {}

    /** @param startIndex of the first one, counted from 1 */
    record Page(
            List<String> schemas,
            int totalResults,
            int startIndex,
            int itemsPerPage,
            @JsonProperty("Resources") List<?> resources) {

        static Page of(List<?> resources, int startIndex, int totalResults) {
            return new Page(LIST_SCHEMAS, totalResults, startIndex, resources.size(), resources);
        }
    }

    /** A person. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record User(
            List<String> schemas,
            String id,
            String userName,
            String displayName,
            Name name,
            boolean active,
            List<Email> emails,
            List<RoleValue> roles,
            @JsonProperty(ENTERPRISE_SCHEMA) Enterprise enterprise,
            Meta meta) {

        User(
                String id,
                String name,
                boolean active,
                List<Email> emails,
                List<RoleValue> roles,
                String department,
                String location) {
            this(
                    USER_SCHEMAS,
                    id,
                    id,
                    name,
                    new Name(name),
                    active,
                    emails,
                    roles,
                    new Enterprise(department),
                    new Meta("User", location));
        }
    }

    record Name(String formatted) {}

    record Email(String value, String type, boolean primary) {}

    /** @param value a role of ours, such as HANDLER */
    record RoleValue(String value, String display) {}

    /** @param department the code of a unit */
    record Enterprise(String department) {}

    /** @param location the address of the resource itself */
    record Meta(String resourceType, String location) {}
}
