package io.notagenbench.device;

import java.util.Optional;

/** Main memory of this process: heap, natives, mapped files that were touched. Safe for use by many threads. */
public interface ResidentMemory {

    /** The memory of this process; empty where the operating system does not report it. */
    static Optional<ResidentMemory> ofThisProcess() {
        return MemoryOfThisProcess.FOUND;
    }

    /** Returns the present number of bytes. */
    long now();

    /** The most bytes since {@link #forgetPeak}, or since the process began where the kernel does not forget. */
    long peak();

    /** Resets the peak to the present value. */
    void forgetPeak();

    /**
     * Whether the kernel keeps the peak. If not, the peak is the largest value that {@link #now} returned, so call it
     * often.
     */
    boolean isPeakKept();
}
