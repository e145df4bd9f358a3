package io.notagenbench.results;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What StretchBenchmark counts beside the time of a stretch, and what the whole piece needs of the same; see
 * {@link PieceCounters}.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class StretchCounters {

    /** Calls of the model in the stretch: one for each patch. */
    public double steps;
    /** Characters of text in it. */
    public double chars;
    /** Sum of the patches in the context over its calls. */
    public double contextPatches;
    /** Patches in contexts that stream cuts within it made new. */
    public double newPatches;
    /** Passes of the char level that drafts leave in it, counted without a model. */
    public double charPasses;
    /** Passes of the patch level that drafts leave in it, counted without a model. */
    public double patchPasses;

    /** Patches in the context that the stretch begins with. */
    public double firstPatches;
    /** Time of the patch level over this context at once; 0 for recomputation, whose every call is one. */
    public double firstSeconds;
    /** Time of the patch level for the newest of these patches alone; 0 for recomputation. */
    public double stepSeconds;

    /** Patches of the whole piece, with the end patch. */
    public double piecePatches;
    /** Characters of text in it. */
    public double pieceChars;
    /** Calls of the model in it. */
    public double pieceCalls;
    /** Sum of the patches in the context over these calls. */
    public double pieceContextPatches;
    /** Passes of the char level that drafts leave in it. */
    public double pieceCharPasses;
    /** Passes of the patch level that drafts leave in it. */
    public double piecePatchPasses;
    /** New contexts: that of the prompt and that of each stream cut. */
    public double piecePrefills;
    /** Patches in new contexts that caches have to be filled with. */
    public double piecePrefillPatches;
}
