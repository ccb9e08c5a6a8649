package org.guiling.customization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.guiling.customization.MessageFiles.Words;
import org.guiling.text.ChangedTexts;
import org.guiling.text.ShippedTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The office's file of message texts, and its newest version in memory for whoever shows a text. */
@Component
class OfficeTexts implements ChangedTexts {

    static final OfficeFileKind KIND = OfficeFileKind.MESSAGE_TEXTS;
    static final String NAME = "messages";

    private static final Logger log = LoggerFactory.getLogger(OfficeTexts.class);
    /** Ignores properties that a later version of the product may have added. */
    private static final ObjectMapper YAML = new ObjectMapper(
                    new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final ChangeableTexts changeable;
    private final OfficeFiles officeFiles;
    final InMemory<Map<String, Own>> inForce = new InMemory<>(Map.of(), version -> usable(stored(version)));

    OfficeTexts(ChangeableTexts changeable, OfficeFiles officeFiles) {
        this.changeable = changeable;
        this.officeFiles = officeFiles;
        noticeOthers();
    }

    /**
     * The file's entry for a text, as people write it.
     *
     * @param chinese null where the shipped words count; {@code english} alike
     * @param version of the file with which the words came
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Own(String chinese, String english, int version) {

        /** Null where the words are the shipped ones. */
        static Own of(Words words, Words shipped, int version) {
            String chinese = words.chinese().equals(shipped.chinese()) ? null : words.chinese();
            String english = words.english().equals(shipped.english()) ? null : words.english();
            return chinese == null && english == null ? null : new Own(chinese, english, version);
        }

        Words over(Words shipped) {
            return new Words(
                    chinese == null ? shipped.chinese() : chinese, english == null ? shipped.english() : english);
        }
    }

    /** From memory: this is asked for every text that anybody reads. */
    @Override
    public Optional<String> pattern(String key, Locale language) {
        return Optional.ofNullable(inForce.get().get(key))
                .map(ShippedTexts.isEnglish(language) ? Own::english : Own::chinese)
                .map(TextRules::pattern);
    }

    /** Makes texts that another node has put in force count here, too, within a minute. */
    @Scheduled(fixedDelayString = "PT1M")
    void noticeOthers() {
        inForce.refresh(officeFiles.newest(KIND, NAME));
    }

    /** The texts of a version of the file, by key; empty where the shipped texts count. */
    Map<String, Own> stored(int version) {
        return officeFiles.content(KIND, NAME, version).map(OfficeTexts::read).orElse(Map.of());
    }

    /** Without texts that this version of the product has no more, or fills in other arguments. */
    Map<String, Own> usable(Map<String, Own> stored) {
        Map<String, Own> usable = new TreeMap<>(stored);
        usable.entrySet().removeIf(entry -> !isUsable(entry.getKey(), entry.getValue()));
        return usable;
    }

    private boolean isUsable(String key, Own own) {
        boolean usable = changeable
                .find(key)
                .filter(text ->
                        ChangeableTexts.faults(text, own.over(text.shipped())).isEmpty())
                .isPresent();
        if (!usable) {
            log.warn("The office's text {} does not fit this version of the product; the shipped one counts", key);
        }
        return usable;
    }

    private static Map<String, Own> read(byte[] file) {
        try {
            return YAML.readValue(file, new TypeReference<TreeMap<String, Own>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(Map<String, Own> texts) {
        try {
            return YAML.writeValueAsBytes(texts);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
