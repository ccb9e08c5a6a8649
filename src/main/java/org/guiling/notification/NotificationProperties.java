package org.guiling.notification;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Locale;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for notifications through any channel.
 *
 * @param language of the messages, where a channel has none of its own
 * @param coolDown period in which the same kind about the same item does not go out again to the same person
 * @param batch period in which tasks that come to wait are gathered for one message to each person; zero: each by
 *     itself
 * @param digestAt time at which the gathered reminders of a day go out
 * @param itemPath path of an item below the public URL; {@code {itemNo}} stands for its number
 */
@Validated
@ConfigurationProperties("guiling.notification")
public record NotificationProperties(
        @NotNull @DefaultValue("zh_CN") Locale language,
        @NotNull @DefaultValue("PT4H") Duration coolDown,

        @NotNull @DurationMin(nanos = 0) @DefaultValue("PT5M")
        Duration batch,

        @Valid @DefaultValue QuietHours quietHours,
        @NotNull @DefaultValue("08:30") LocalTime digestAt,
        @NotNull @Pattern(regexp = "/.*") @DefaultValue("/") String itemPath) {

    /** The hours in which nobody is disturbed, besides rest days. The same time twice: never. */
    public record QuietHours(
            @NotNull @DefaultValue("21:00") LocalTime from,
            @NotNull @DefaultValue("08:00") LocalTime to) {

        boolean contains(LocalTime time) {
            return from.isAfter(to)
                    ? !time.isBefore(from) || time.isBefore(to)
                    : !time.isBefore(from) && time.isBefore(to);
        }
    }
}
