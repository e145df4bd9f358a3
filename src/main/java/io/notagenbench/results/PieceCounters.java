package io.notagenbench.results;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What FullPieceBenchmark counts beside the time of a piece. The benchmark fills the fields, JMH writes each as a
 * metric of the same name, and {@link CounterReader} reads it back into this class. JMH's own score of a counter is the
 * sum over iterations.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class PieceCounters {

    /** Generated patches, with the end patch. */
    public double patches;
    /** Characters of text. */
    public double chars;
    /** Whole bars of music. */
    public double bars;
    /** How long these bars sound. */
    public double musicSeconds;
    /** Stream cuts. */
    public double cuts;
    /** Decoded patches, with the one that is discarded. */
    public double calls;
    /** Characters drawn. */
    public double sampledChars;
    /** Sum of the patches in the context over all calls. */
    public double contextPatches;
    /** New contexts: that of the prompt and that of each stream cut. */
    public double prefills;
    /** Patches in new contexts that caches have to be filled with. */
    public double prefillPatches;
    /** The part of {@link #prefillPatches} that stream cuts made necessary. */
    public double cutPatches;
    /** Patches in new contexts that a cut left in the caches. */
    public double keptPatches;
    /** Time of the first patch-level pass after each stream cut. */
    public double cutSeconds;
    /** Time from the prompt to the first patch; 0 where there is none. */
    public double firstPatchSeconds;
    /** Time from the prompt to the first bar of music; 0 where there is none. */
    public double firstBarSeconds;

    /** Forward passes of the char level. */
    public double charPasses;
    /** Positions run in these passes. */
    public double charRows;
    /** Characters drafted; only {@code decoding=speculative} drafts. */
    public double drafted;
    /** Drafted characters that were right. */
    public double accepted;
    /** Drafted characters that were the first draft of a pass, right behind the newest character. */
    public double firstDrafted;
    /** The right ones among {@link #firstDrafted}. */
    public double firstAccepted;
    /** Second drafts of a pass behind a right one; so are the later ones. */
    public double secondDrafted;
    /** The right ones among {@link #secondDrafted}. */
    public double secondAccepted;
    /** Third drafts of a pass. */
    public double thirdDrafted;
    /** The right ones among {@link #thirdDrafted}. */
    public double thirdAccepted;
    /** Fourth drafts of a pass. */
    public double fourthDrafted;
    /** The right ones among {@link #fourthDrafted}. */
    public double fourthAccepted;
    /** Drafts of a pass behind four right ones. */
    public double laterDrafted;
    /** The right ones among {@link #laterDrafted}. */
    public double laterAccepted;
    /** Drafted characters in a passage that was met before. */
    public double lookupDrafted;
    /** The right ones among {@link #lookupDrafted}. */
    public double lookupAccepted;

    /** Forward passes of the patch level. */
    public double patchPasses;
    /** Patches run in these passes. */
    public double patchRows;
    /** Whole patches drafted; only {@code decoding=speculative} drafts. */
    public double patchesDrafted;
    /** Drafted patches that were right: each spared a pass. */
    public double patchesAccepted;

    /** Hidden states that went from device to device, where two share the layers of the model. */
    public double handOvers;
    /** Time of these. */
    public double handOverSeconds;
}
