package io.notagenbench.benchmark.state;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What was launched: JMH divides it by the time. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class OperatorCounter {

    /** Operators of an engine. */
    public double operators;

    /** Adds what one invocation runs. */
    public void add(int count) {
        operators += count;
    }
}
