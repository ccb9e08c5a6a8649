package org.guiling.document;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of documents.
 *
 * @param templates the folder in which an office puts templates of its own; it need not exist
 * @param office who issues letters and notices (发文机关), for the red head and the signature; empty leaves both to the pen
 *     or to paper with a printed head
 */
@ConfigurationProperties("guiling.documents")
public record DocumentProperties(
        @DefaultValue("data/documents") Path templates,
        @DefaultValue("") String office) {}
