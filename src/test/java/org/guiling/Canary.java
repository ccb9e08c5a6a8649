package org.guiling;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** A bean that no expression may reach. Attacks call it; nothing else does. */
@Component("canary")
public class Canary {

    private final AtomicInteger songs = new AtomicInteger();

    /** Called by attacks; counts the calls. */
    public String sing() {
        songs.incrementAndGet();
        return "handler";
    }

    /** Attacks that name a property instead of a method. */
    public String getSong() {
        return sing();
    }

    public int songs() {
        return songs.get();
    }
}
