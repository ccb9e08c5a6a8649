package org.guiling.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.guiling.item.RefusedException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The profiles that the application ships with, and any that an office puts on its class path. */
@Component
class ImportProfiles {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Map<String, ImportProfile> profiles = new TreeMap<>();

    ImportProfiles() throws IOException {
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:import-profiles/*.yaml")) {
            try (InputStream content = file.getInputStream()) {
                ImportProfile profile = YAML.readValue(content, ImportProfile.class);
                profile.places();
                profiles.put(profile.id(), profile);
            }
        }
    }

    List<String> ids() {
        return List.copyOf(profiles.keySet());
    }

    /** @throws RefusedException when there is no such profile */
    ImportProfile get(String id) {
        ImportProfile profile = id == null ? null : profiles.get(id);
        if (profile == null) {
            throw RefusedException.invalid("profile", "import.profile-unknown", String.valueOf(id));
        }
        return profile;
    }
}
