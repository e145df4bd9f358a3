package io.notagenbench.device;

import java.util.OptionalInt;
import oshi.SystemInfo;

/** Cores of the host that this process may use. */
public final class Cores {

    private Cores() {
    }

    /**
     * Cores whose threads the scheduler leaves to this process, at most as many as a quota of time pays for. This is
     * the number of threads for {@code threads=0}.
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

    /** Logical processors that this process may use, at most as many as a quota of time pays for. */
    public static int available() {
        return available(Runtime.getRuntime().availableProcessors(), ControlGroups.OF_THIS_PROCESS);
    }

    /** Rounded up, as the JVM does. */
    static int available(int processors, ControlGroups groups) {
        return Math.max(1, (int) Math.min(processors, Math.ceil(groups.cpuQuota().orElse(processors))));
    }
}
