package io.notagenbench.results;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What BatchBenchmark counts beside the time of a queue of pieces; see {@link PieceCounters}. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class BatchCounters {

    /** Pieces written. */
    public double pieces;
    /** Generated patches of all pieces, with the end patches. */
    public double patches;
    /** Characters of text. */
    public double chars;
    /** Stream cuts. */
    public double cuts;
    /** Sum over the pieces of the time from the moment that a piece enters to its end. */
    public double latencySeconds;
    /** The longest of these times. */
    public double worstLatencySeconds;

    /** Sum over the pieces of the time from the moment that all are asked for to the end of each: with the wait for a slot. */
    public double askedSeconds;
    /** Half of the pieces took this long at most, from when they were asked for. */
    public double askedP50Seconds;
    /** Nine tenths of them did. */
    public double askedP90Seconds;
    /** 99 of 100 did. */
    public double askedP99Seconds;
    /** Pieces that ended after the first one while every slot had another piece to go on with. */
    public double steadyPieces;
    /** Time from the end of the first piece to that of the last of these. */
    public double steadySeconds;
    /** Time from the moment that a slot found the queue empty to the end. */
    public double drainSeconds;

    /** Patch-level steps. */
    public double patchPasses;
    /** Patches run in these steps. */
    public double patchRows;
    /** Char-level steps. */
    public double charPasses;
    /** Characters run in these steps. */
    public double charRows;

    /** Hidden states that went from device to device, where two share the layers of the model. */
    public double handOvers;
    /** Time of these. */
    public double handOverSeconds;

    /** Time that the first of several devices took for the same queue alone; 0 where there is only one. */
    public double aloneSeconds;
    /** Sum over the devices of the time from the first piece entering to the last ending. */
    public double deviceSeconds;
}
