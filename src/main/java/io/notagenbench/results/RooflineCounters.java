package io.notagenbench.results;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What RooflineBenchmark counts: each operation adds what it did, and JMH divides the sum by the time. */
public final class RooflineCounters {

    private static final double GIGA = 1e9;

    private RooflineCounters() {
    }

    /** Memory read and written. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Traffic {

        /** In 10<sup>9</sup> bytes. */
        public double gigabytes;

        public void add(double bytes) {
            gigabytes += bytes / GIGA;
        }
    }

    /** Products of matrices. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Arithmetic {

        /** Additions and multiplications, in 10<sup>9</sup>. */
        public double gigaoperations;

        public void add(double operations) {
            gigaoperations += operations / GIGA;
        }
    }

    /** Launches of an engine's operators. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Launches {

        /** Operators launched. */
        public double operators;

        public void add(int count) {
            operators += count;
        }
    }
}
