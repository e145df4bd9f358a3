package io.notagenbench.benchmark.state;

import io.notagenbench.results.BatchCounters;
import java.util.Arrays;

/**
 * When the pieces of a queue were ready. All of them are asked for at once, as requests of people who wait: so a piece
 * that waits until a slot is free has this wait in its latency.
 *
 * @param started when they were asked for, in nanoseconds
 * @param ended   when each piece was ready
 * @param slots   pieces that are decoded at the same time, on all devices
 */
record QueueTimes(long started, long[] ended, int slots) {

    private static final double NANOS_PER_SECOND = 1e9;

    QueueTimes {
        ended = ended.clone();
        Arrays.sort(ended);
    }

    /** Seconds within which a share of the pieces was ready: the nearest rank. */
    double percentile(double share) {
        return latency(Math.max(0, (int) Math.ceil(share * ended.length) - 1));
    }

    private double latency(int rank) {
        return (ended[rank] - started) / NANOS_PER_SECOND;
    }

    /**
     * The slot that this piece leaves is the first for which the queue has no other; the last piece where all fit at
     * once.
     */
    private int firstOfDrain() {
        return Math.max(0, ended.length - slots);
    }

    /** Writes what is counted of them. */
    void count(BatchCounters counters) {
        for (int rank = 0; rank < ended.length; rank++) {
            counters.askedSeconds += latency(rank);
        }
        counters.askedP50Seconds = percentile(0.5);
        counters.askedP90Seconds = percentile(0.9);
        counters.askedP99Seconds = percentile(0.99);
        counters.steadyPieces = firstOfDrain();
        counters.steadySeconds = latency(firstOfDrain()) - latency(0);
        counters.drainSeconds = latency(ended.length - 1) - latency(firstOfDrain());
    }
}
