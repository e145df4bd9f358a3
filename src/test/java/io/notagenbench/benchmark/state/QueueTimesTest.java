package io.notagenbench.benchmark.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.results.BatchCounters;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueueTimesTest {

    /** Pieces that take one second each, in seconds from when the queue was asked for. */
    private static BatchCounters counted(int slots, double... ended) {
        long started = 5_000_000_000L;
        BatchCounters counters = new BatchCounters();
        new QueueTimes(started, java.util.Arrays.stream(ended).mapToLong(seconds -> started + Math.round(seconds * 1e9)).toArray(), slots)
                .count(counters);
        return counters;
    }

    @Test
    void aPieceThatWaitsForASlotHasTheWaitInItsLatency() {
        BatchCounters counters = counted(1, 1, 2, 3, 4);
        assertThat(counters.askedSeconds).isEqualTo(1 + 2 + 3 + 4);
        assertThat(counters.askedP50Seconds).isEqualTo(2);
        assertThat(counters.askedP90Seconds).isEqualTo(4);
        assertThat(counters.askedP99Seconds).isEqualTo(4);
    }

    @Test
    void oneSlotHasNoDrain() {
        BatchCounters counters = counted(1, 1, 2, 3, 4);
        assertThat(counters.steadyPieces).isEqualTo(3);
        assertThat(counters.steadySeconds).isEqualTo(3);
        assertThat(counters.drainSeconds).isZero();
    }

    @Test
    void theDrainBeginsWhenASlotFindsTheQueueEmpty() {
        BatchCounters counters = counted(2, 3, 1, 2, 4.5, 2.5);
        assertThat(counters.steadyPieces).isEqualTo(3);
        assertThat(counters.steadySeconds).as("from the first end to the fourth").isEqualTo(2);
        assertThat(counters.drainSeconds).isEqualTo(1.5);
    }

    @Test
    void aQueueThatFitsAtOnceHasNoSteadyPart() {
        BatchCounters counters = counted(8, 1, 2, 3);
        assertThat(counters.steadyPieces).isZero();
        assertThat(counters.steadySeconds).isZero();
        assertThat(counters.drainSeconds).isEqualTo(2);
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        BatchCounters counters = counted(1, LongStream.rangeClosed(1, 200).mapToDouble(second -> second).toArray());
        assertThat(counters.askedP50Seconds).isEqualTo(100);
        assertThat(counters.askedP90Seconds).isEqualTo(180);
        assertThat(counters.askedP99Seconds).isEqualTo(198);
    }
}
