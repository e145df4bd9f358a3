package io.notagenbench.profiler;

import java.util.List;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.ScalarResult;

/** What one profiler reads, iteration by iteration. Used by one thread at a time. */
interface IterationMeter {

    /** A meter that reads nothing. */
    IterationMeter NONE = new IterationMeter() {

        @Override
        public void begin() {
        }

        @Override
        public boolean isSampled() {
            return false;
        }

        @Override
        public void sample() {
        }

        @Override
        public List<ScalarResult> end(long ops, OptionalDouble patches) {
            return List.of();
        }
    };

    /** An iteration begins; the first time in a process nothing has been loaded yet. */
    void begin();

    /** Whether {@link #sample} must be called every few milliseconds of an iteration; otherwise it is never called. */
    default boolean isSampled() {
        return true;
    }

    /** Takes a reading. */
    void sample();

    /**
     * The iteration has ended.
     *
     * @param ops     operations of the benchmark in it
     * @param patches that the benchmark counted in it; empty where it counts none
     */
    List<ScalarResult> end(long ops, OptionalDouble patches);
}
