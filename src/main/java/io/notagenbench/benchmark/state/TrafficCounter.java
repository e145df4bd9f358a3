package io.notagenbench.benchmark.state;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What went through the memory: JMH divides it by the time. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class TrafficCounter {

    private static final double GIGA = 1e9;

    /** Bytes read and written, in 10<sup>9</sup>. */
    public double gigabytes;

    /** Adds what one operation moves. */
    public void add(double bytes) {
        gigabytes += bytes / GIGA;
    }
}
