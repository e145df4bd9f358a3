package io.notagenbench.device;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/** Cores of the host that this process may use. */
public final class Cores {

    private Cores() {
    }

    /** Physical cores, at most the logical ones that the scheduler or a container leaves to this process. */
    public static int physical() {
        Jna.require();
        CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
        return Math.max(1, Math.min(processor.getPhysicalProcessorCount(), available()));
    }

    /** Logical cores that this process may use. */
    public static int available() {
        return Runtime.getRuntime().availableProcessors();
    }
}
