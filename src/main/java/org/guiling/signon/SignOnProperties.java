package org.guiling.signon;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How people sign on; docs/sign-on.md has examples. */
@Validated
@ConfigurationProperties("guiling.sign-on")
public record SignOnProperties(
        @Valid @DefaultValue Password password,
        @Valid @DefaultValue LockOut lockOut) {

    /**
     * @param minimumLength in characters; never below the 8 of NIST SP 800-63B
     * @param changeInitial whether a password that somebody else set has to be changed before anything else
     */
    public record Password(
            @DefaultValue("10") @Min(8) @Max(64) int minimumLength,
            @DefaultValue("true") boolean changeInitial) {}

    /**
     * @param failures how many wrong passwords in a row lock an account; NIST SP 800-63B allows 100 at most
     * @param duration for how long, and how long a wrong password counts
     */
    public record LockOut(
            @DefaultValue("10") @Min(3) @Max(100) int failures,
            @DefaultValue("15m") Duration duration) {}
}
