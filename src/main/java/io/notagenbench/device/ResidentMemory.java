package io.notagenbench.device;

import java.util.Optional;

/** Main memory of this process: heap, natives, mapped files that were touched. Safe for use by many threads. */
public interface ResidentMemory {

    /** The memory of this process; empty where the operating system does not tell it. */
    static Optional<ResidentMemory> ofThisProcess() {
        return MemoryOfThisProcess.FOUND;
    }

    /** Bytes now. */
    long now();

    /** The most bytes since {@link #forgetPeak}, or since the process began where the kernel does not forget. */
    long peak();

    /** Lets the peak begin anew from what is there now. */
    void forgetPeak();

    /** Whether the kernel keeps the peak; else it is the most that {@link #now} has read, and must be asked often. */
    boolean isPeakKept();
}
