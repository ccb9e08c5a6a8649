/** Slows down whoever guesses: counts of failures, lock-outs, sources. */
@org.springframework.modulith.NamedInterface("throttle")
package org.guiling.signon.throttle;
