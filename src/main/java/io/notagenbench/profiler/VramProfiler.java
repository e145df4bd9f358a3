package io.notagenbench.profiler;

import org.openjdk.jmh.profile.ProfilerException;

/** Memory of the card: taken before loading, the peak, and what this process holds of it. {@code -prof vram} means this class. */
public final class VramProfiler extends CardProfiler {

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or NVIDIA's management library is not installed
     */
    public VramProfiler(String options) throws ProfilerException {
        super("vram", options, card -> new VramMeter(card, ProcessHandle.current().pid()));
    }

    @Override
    public String getDescription() {
        return "Memory of the card: taken before loading, the peak, and what this process holds of it";
    }
}
