package org.guiling.ledger.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.OfficeFiles;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The profiles in force: those that an administrator put there, else the ones that the application ships with and any that
 * an office puts on its class path.
 */
@Component
public class ImportProfiles {

    /** In place of a profile's id: the one that knows most of the file's headers. */
    public static final String RECOGNISED = "auto";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final OfficeFileKind KIND = OfficeFileKind.IMPORT_PROFILE;

    private final Map<String, byte[]> shipped = new TreeMap<>();
    private final OfficeFiles officeFiles;
    private final Texts texts;

    ImportProfiles(OfficeFiles officeFiles, Texts texts) throws IOException {
        this.officeFiles = officeFiles;
        this.texts = texts;
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:import-profiles/*.yaml")) {
            try (InputStream content = file.getInputStream()) {
                byte[] profile = content.readAllBytes();
                shipped.put(read(profile).id(), profile);
            }
        }
    }

    /** A kind of file that can be imported, with its name in the language of the request. */
    public record Profile(String id, String label) {}

    /** The profiles that can be used now. */
    public List<Profile> all() {
        return ids().stream().map(id -> new Profile(id, name(id))).toList();
    }

    /** The label of a profile, in the language of the request; the id of one that no longer exists. */
    public String name(String id) {
        return find(id).map(profile -> profile.label() == null ? texts.label("ImportProfile", id) : profile.label())
                .orElse(id);
    }

    /** Of the profiles that can be used now. */
    List<String> ids() {
        TreeSet<String> ids = new TreeSet<>(shipped.keySet());
        officeFiles.names(KIND).stream().filter(id -> content(id).isPresent()).forEach(ids::add);
        return List.copyOf(ids);
    }

    /**
     * The profile that a request names, or by whose headers its file is recognised.
     *
     * @throws RefusedException when there is no such profile
     */
    ImportProfile of(ImportRequest request) {
        String id = request.profile();
        return id == null || id.isBlank() || id.equals(RECOGNISED)
                ? ProfileRecognition.of(request, ids().stream().map(this::get).toList())
                : get(id);
    }

    /** @throws RefusedException when there is no such profile */
    ImportProfile get(String id) {
        return find(id).orElseThrow(
                        () -> RefusedException.invalid("profile", "import.profile-unknown", String.valueOf(id)));
    }

    /** Empty when there is none of that id, or none any more. */
    Optional<ImportProfile> find(String id) {
        return content(id).map(ImportProfiles::read);
    }

    /** The file of a profile in force. */
    Optional<byte[]> content(String id) {
        return id == null ? Optional.empty() : officeFiles.content(KIND, id).or(() -> shipped(id));
    }

    /** The file that the product brings; empty where it brings none of that id. */
    Optional<byte[]> shipped(String id) {
        return Optional.ofNullable(shipped.get(id));
    }

    /** @throws RefusedException when the file is no profile; the message says what is wrong */
    static ImportProfile read(byte[] file) {
        try {
            ImportProfile profile = YAML.readValue(file, ImportProfile.class);
            if (profile == null) {
                throw RefusedException.invalid("file", "import.profile.unreadable", "");
            }
            profile.places();
            return profile;
        } catch (JsonProcessingException e) {
            throw e.getCause() instanceof RefusedException refused
                    ? refused
                    : RefusedException.invalid("file", "import.profile.unreadable", place(e));
        } catch (IOException e) {
            throw RefusedException.invalid("file", "import.profile.unreadable", "");
        }
    }

    /** The line that the reader stumbled over; empty where it does not say. */
    private static String place(JsonProcessingException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : Integer.toString(e.getLocation().getLineNr());
    }
}
