package io.notagenbench.profiler;

import org.openjdk.jmh.profile.ProfilerException;

/** Clocks and temperature of the card, and what slowed it down. {@code -prof clocks} means this class. */
public final class ClocksProfiler extends CardProfiler {

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or NVIDIA's management library is not installed
     */
    public ClocksProfiler(String options) throws ProfilerException {
        super("clocks", options, (card, benchmark) -> new ClocksMeter(card, System.out));
    }

    @Override
    public String getDescription() {
        return "Clocks and temperature of the card, and what slowed it down";
    }
}
