package org.guiling.web.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits on the time that the server waits for a request's body. They have no effect behind a proxy that buffers
 * requests.
 *
 * @param strangersBody largest body of somebody who is not signed on: the login form
 * @param strangersTime longest time for it, from the first look to its end
 * @param strangers threads that wait for bodies of strangers at the same moment
 * @param strangersOfOneAddress of these, for one address
 * @param grace of somebody signed on: time that is not counted, so that a slow start is no matter
 * @param slowestRate of somebody signed on: what has to arrive in each second beyond the grace
 * @param people threads that wait for bodies of people who are signed on at the same moment
 */
@ConfigurationProperties("guiling.requests.pace")
public record PaceProperties(
        @DefaultValue("16KB") DataSize strangersBody,
        @DefaultValue("10s") Duration strangersTime,
        @DefaultValue("40") int strangers,
        @DefaultValue("10") int strangersOfOneAddress,
        @DefaultValue("20s") Duration grace,
        @DefaultValue("4KB") DataSize slowestRate,
        @DefaultValue("120") int people) {

    /** The longest time that a body may have taken of which so many bytes are there. */
    Duration longest(long received, boolean signedOn) {
        return signedOn ? grace.plusMillis(received * 1000 / slowestRate.toBytes()) : strangersTime;
    }
}
