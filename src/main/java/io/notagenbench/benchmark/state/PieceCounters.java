package io.notagenbench.benchmark.state;

import io.notagenbench.abc.Music;
import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchWork;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.generate.Piece;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What was written and computed: totals of an iteration, that is of one piece. JMH sums them over iterations. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class PieceCounters {

    private static final double MICROS = 1e6;
    /** Of a microsecond. */
    private static final double NANOS = 1e3;

    /** Generated patches, the end patch included. */
    public long patches;
    /** Characters of text. */
    public long chars;
    /** Bars of music, without one that a budget cut off. */
    public long bars;
    /** How long these bars sound, in milliseconds. */
    public long musicMillis;
    /** Stream cuts. */
    public long cuts;
    /** Decoded patches, the discarded one included. */
    public long calls;
    /** Characters drawn. */
    public long sampledChars;
    /** Sum of the patches in the context of every call. */
    public long contextPatches;
    /** Contexts that were new. */
    public long prefills;
    /** Patches in them that caches have to be filled with. */
    public long prefillPatches;
    /** Of these, the ones that stream cuts made necessary. */
    public long cutPatches;
    /** Patches in new contexts that a cut left as they were. */
    public long keptPatches;
    /** In the first patch-level pass after each stream cut. */
    public long cutMicros;
    /** From the prompt to the first patch. */
    public long firstPatchMicros;
    /** From the prompt to the first bar of music; 0 where there is none. */
    public long firstBarMicros;

    /** Forward passes of the char level. */
    public long charPasses;
    /** Positions run in them. */
    public long charRows;
    /** Characters drafted, by {@code decoding=speculative} alone. */
    public long drafted;
    /** Drafts that were right. */
    public long accepted;
    /** Of the drafted ones, those in a passage that was met before. */
    public long lookupDrafted;
    /** Of these, the right ones. */
    public long lookupAccepted;

    /** Forward passes of the patch level. */
    public long patchPasses;
    /** Patches run in them. */
    public long patchRows;
    /** Whole patches drafted, by {@code decoding=speculative} alone. */
    public long patchesDrafted;
    /** Of these, the right ones: each spared a pass. */
    public long patchesAccepted;

    /** Hidden states that went from device to device, where two share the layers of the model. */
    public long handOvers;
    /** What they took. */
    public long handOverMicros;

    /** Adds a piece, what both levels did for it, and what went from device to device. */
    public void add(Piece piece, CharWork charLevel, PatchWork patchLevel, HandOvers between) {
        handOvers += between.count();
        handOverMicros += Math.round(between.nanos() / NANOS);
        patchPasses += patchLevel.passes();
        patchRows += patchLevel.rows();
        patchesDrafted += patchLevel.drafted();
        patchesAccepted += patchLevel.accepted();
        charPasses += charLevel.passes();
        charRows += charLevel.rows();
        drafted += charLevel.drafted();
        accepted += charLevel.accepted();
        lookupDrafted += charLevel.lookupDrafted();
        lookupAccepted += charLevel.lookupAccepted();
        Piece.Work work = piece.work();
        Music music = Music.of(piece.music(), piece.prompt().text().length());
        patches += work.patches();
        chars += work.chars();
        bars += music.bars();
        musicMillis += Math.round(music.seconds() * 1000);
        cuts += work.cuts();
        calls += work.calls();
        sampledChars += work.sampledChars();
        contextPatches += work.contextPatches();
        prefills += work.prefills();
        prefillPatches += work.prefillPatches();
        cutPatches += work.cutPatches();
        keptPatches += work.keptPatches();
        cutMicros += Math.round(piece.times().cuts() * MICROS);
        firstPatchMicros += Math.round(piece.times().firstPatch().orElse(0.0) * MICROS);
        firstBarMicros += Math.round(piece.times().firstBar().orElse(0.0) * MICROS);
    }
}
