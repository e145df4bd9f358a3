package io.notagenbench.benchmark.state;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What was computed: JMH divides it by the time. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class ArithmeticCounter {

    private static final double GIGA = 1e9;

    /** Additions and multiplications of matrix products, in 10<sup>9</sup>. */
    public double gigaoperations;

    /** Adds what one invocation computes. */
    public void add(double operations) {
        gigaoperations += operations / GIGA;
    }
}
