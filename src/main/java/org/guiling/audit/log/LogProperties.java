package org.guiling.audit.log;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.guiling.audit.AuditEventKind;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Destinations of the security log. Off where neither a file nor a collector is named.
 *
 * @param file null for none; of several nodes the same one
 * @param rotateAt the size at which the file is put aside and another begun; a new day does the same
 * @param syslog null for none
 * @param except kinds that are left out; every other kind is in the log
 * @param batch so many events are sent at once
 * @param tellAfter how long a place may fail before the administrators are told
 */
@Validated
@ConfigurationProperties("guiling.audit.log")
public record LogProperties(
        Path file,
        @NotNull @DefaultValue("100MB") DataSize rotateAt,
        @Valid Syslog syslog,
        @NotNull @DefaultValue Set<AuditEventKind> except,
        @Min(1) @Max(5000) @DefaultValue("500") int batch,
        @NotNull @DefaultValue("PT1H") Duration tellAfter) {

    /**
     * A collector of RFC 5424 messages over TLS (RFC 5425).
     *
     * @param host its certificate has to name it
     * @param sslBundle the name of a bundle of {@code spring.ssl.bundle} with the authority to trust and, where the collector
     *     asks for it, our certificate; null for the authorities that Java trusts
     * @param timeout of connecting, of each answer, and of all that is sent at once
     * @param largestMessage in bytes; RFC 5425 has every receiver take 2,048 and asks for 8,192
     * @param enterpriseNumber of the structured data; the default is the one that RFC 5612 keeps for examples
     */
    public record Syslog(
            @NotBlank String host,
            @Min(1) @Max(65535) @DefaultValue("6514") int port,
            String sslBundle,
            @NotNull @DefaultValue("PT30S") Duration timeout,
            @Min(2048) @Max(1048576) @DefaultValue("8192") int largestMessage,

            @NotNull @Pattern(regexp = "[1-9][0-9]{0,9}") @DefaultValue("32473")
            String enterpriseNumber) {}
}
