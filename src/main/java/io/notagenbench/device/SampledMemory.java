package io.notagenbench.device;

import io.notagenbench.fault.Fault;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/** Main memory of this process where the system tells only what is there now: Windows, macOS, some sandboxes. */
final class SampledMemory implements ResidentMemory {

    private final OSProcess process = new SystemInfo().getOperatingSystem().getCurrentProcess();
    private long peak;

    boolean isTold() {
        return read() > 0;
    }

    /** Returns the bytes; 0 if the system does not tell. */
    private long read() {
        return process != null && process.updateAttributes() ? process.getResidentMemory() : 0;
    }

    @Override
    public synchronized long now() {
        long bytes = read();
        if (bytes <= 0) {
            throw Fault.failed("The memory of this process cannot be read any more; profile without -prof rss here.");
        }
        peak = Math.max(peak, bytes);
        return bytes;
    }

    @Override
    public synchronized long peak() {
        now();
        return peak;
    }

    @Override
    public synchronized void forgetPeak() {
        peak = 0;
    }

    @Override
    public boolean isPeakKept() {
        return false;
    }
}
