package org.guiling.web;

import java.util.HashMap;
import java.util.Map;

/** Counts threads that wait for more of a body at the same moment, all together and for each address. */
final class WaitingBodies {

    private final int most;
    private final int mostOfOneAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;

    WaitingBodies(int most, int mostOfOneAddress) {
        this.most = most;
        this.mostOfOneAddress = mostOfOneAddress;
    }

    /** True where one more may wait; who was let in {@link #leave leaves}. */
    synchronized boolean enter(String address) {
        int own = byAddress.getOrDefault(address, 0);
        if (all >= most || own >= mostOfOneAddress) {
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
