package io.notagenbench.device;

import java.util.OptionalInt;
import oshi.SystemInfo;

/** Cores of the host that this process may use. */
public final class Cores {

    private Cores() {
    }

    /**
     * Returns the number of physical cores that this process may run on, at most its CPU quota. This is the number of
     * threads for {@code threads=0}.
     */
    public static int physical() {
        OptionalInt allowed = AllowedProcessors.OF_THIS_PROCESS.cores();
        return physical(allowed.isPresent() ? allowed.getAsInt() : ofTheHost(), available());
    }

    static int physical(int cores, int available) {
        return Math.max(1, Math.min(cores, available));
    }

    private static int ofTheHost() {
        Jna.require();
        return new SystemInfo().getHardware().getProcessor().getPhysicalProcessorCount();
    }

    /** Returns the number of logical processors that this process may use, at most its CPU quota. */
    public static int available() {
        return available(Runtime.getRuntime().availableProcessors(), ControlGroups.OF_THIS_PROCESS);
    }

    /** Rounds a quota up, as the JVM does. */
    static int available(int processors, ControlGroups groups) {
        return Math.max(1, (int) Math.min(processors, Math.ceil(groups.cpuQuota().orElse(processors))));
    }
}
