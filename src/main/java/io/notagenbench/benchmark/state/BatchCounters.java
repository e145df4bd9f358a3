package io.notagenbench.benchmark.state;

import io.notagenbench.decoding.BatchWork;
import io.notagenbench.generate.Piece;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a queue of pieces was: totals of an iteration, that is of one queue. JMH sums them over iterations. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class BatchCounters {

    private static final double MICROS = 1e6;
    /** Of a microsecond. */
    private static final double NANOS = 1e3;

    /** Pieces written. */
    public long pieces;
    /** Generated patches of all pieces, the end patches included. */
    public long patches;
    /** Characters of text. */
    public long chars;
    /** Stream cuts. */
    public long cuts;
    /** From the moment that a piece enters to its end, added up over the pieces. */
    public long latencyMicros;
    /** The longest of these. */
    public long worstLatencyMicros;
    /** Patch-level steps. */
    public long patchPasses;
    /** Patches run in them. */
    public long patchRows;
    /** Char-level steps. */
    public long charPasses;
    /** Characters run in them. */
    public long charRows;

    /** Hidden states that went from device to device, where two share the layers of the model. */
    public long handOvers;
    /** What they took. */
    public long handOverMicros;

    /** The time that the first of several devices took for the same queue alone; 0 where there is only one. */
    public long aloneMicros;
    /** The time from the first piece entering to the last ending, for each device: what it could have worked. */
    public long deviceMicros;

    /** Adds the pieces of one queue and what was done for them. */
    public void add(List<Piece> written, QueueWork queue) {
        BatchWork work = queue.batch();
        handOvers += queue.handOvers().count();
        handOverMicros += Math.round(queue.handOvers().nanos() / NANOS);
        aloneMicros += Math.round(queue.aloneNanos() / NANOS);
        deviceMicros += Math.round(queue.devices() * queue.nanos() / NANOS);
        for (Piece piece : written) {
            long latency = Math.round(piece.times().total() * MICROS);
            pieces++;
            patches += piece.work().patches();
            chars += piece.work().chars();
            cuts += piece.work().cuts();
            latencyMicros += latency;
            worstLatencyMicros = Math.max(worstLatencyMicros, latency);
        }
        patchPasses += work.patchPasses();
        patchRows += work.patchRows();
        charPasses += work.charPasses();
        charRows += work.charRows();
    }
}
