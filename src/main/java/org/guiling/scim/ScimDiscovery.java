package org.guiling.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import org.guiling.scim.ScimDocument.Page;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The capabilities that SCIM clients may ask for (RFC 7644 §4), as stated by {@code scim/*.json} on the class path. */
@RestController
@RequestMapping(
        path = "/scim/v2",
        produces = {ScimError.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
class ScimDiscovery {

    private final JsonNode serviceProvider;
    private final List<JsonNode> resourceTypes;
    private final List<JsonNode> schemas;

    /** @throws IOException when a document is no JSON */
    ScimDiscovery(ObjectMapper json) throws IOException {
        serviceProvider = read(json, "service-provider-config");
        resourceTypes = list(read(json, "resource-types"));
        schemas = list(read(json, "schemas"));
    }

    @GetMapping("/ServiceProviderConfig")
    JsonNode serviceProvider() {
        return serviceProvider;
    }

    @GetMapping("/ResourceTypes")
    Page resourceTypes() {
        return Page.of(resourceTypes, 1, resourceTypes.size());
    }

    @GetMapping("/ResourceTypes/{id}")
    JsonNode resourceType(@PathVariable String id) {
        return one(resourceTypes, id);
    }

    @GetMapping("/Schemas")
    Page schemas() {
        return Page.of(schemas, 1, schemas.size());
    }

    @GetMapping("/Schemas/{id}")
    JsonNode schema(@PathVariable String id) {
        return one(schemas, id);
    }

    private static JsonNode one(List<JsonNode> documents, String id) {
        return documents.stream()
                .filter(document -> document.path("id").textValue().equals(id))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static JsonNode read(ObjectMapper json, String name) throws IOException {
        try (InputStream document = new ClassPathResource("scim/" + name + ".json").getInputStream()) {
            return json.readTree(document);
        }
    }
}
