package org.guiling.web.security;

import java.util.HashMap;
import java.util.Map;

/** Counts threads that wait for more of a body at the same moment, all together and for each address. */
final class WaitingBodies {

    private final int limit;
    private final int limitOfOneAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;

    WaitingBodies(int limit, int limitOfOneAddress) {
        this.limit = limit;
        this.limitOfOneAddress = limitOfOneAddress;
    }

    /** True where one more may wait; who was let in {@link #leave leaves}. */
    synchronized boolean enter(String address) {
        int own = byAddress.getOrDefault(address, 0);
        if (all >= limit || own >= limitOfOneAddress) {
            return false;
        }
        all++;
        byAddress.put(address, own + 1);
        return true;
    }

    synchronized void leave(String address) {
        all--;
        byAddress.computeIfPresent(address, (known, own) -> own > 1 ? own - 1 : null);
    }
}
