package org.guiling.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Describes the machine on which the figures were measured. */
final class Machine {

    private Machine() {}

    static String describe() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%s %s, %d cores, %d GB"
                .formatted(
                        system.getName(),
                        system.getArch(),
                        system.getAvailableProcessors(),
                        Math.round(system.getTotalMemorySize() / 1e9));
    }
}
