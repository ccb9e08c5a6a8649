package org.guiling.item.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Facts as the timeline keeps them in JSON, which no setting of the application may change. */
final class TimelineFacts {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    static {
        JSON.registerSubtypes(TimelineFact.class.getPermittedSubclasses());
    }

    private TimelineFacts() {}

    /** Null for an entry that tells no fact. */
    static String write(TimelineFact fact) {
        try {
            return fact == null ? null : JSON.writeValueAsString(fact);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The timeline's fact cannot be written: " + fact, e);
        }
    }

    static TimelineFact read(String written) {
        try {
            return JSON.readValue(written, TimelineFact.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The timeline's fact cannot be read: " + written, e);
        }
    }
}
