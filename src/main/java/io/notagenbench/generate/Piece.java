package io.notagenbench.generate;

import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.WholeBars;
import io.notagenbench.fault.Outcome;
import java.util.Optional;

/**
 * A written piece, or as much of it as there is.
 *
 * @param prompt  what it was made from
 * @param raw     the text with its prompt, before rests are put back
 * @param stream  ids of all its patches as they were decoded: each ends with its EOS or is full
 * @param seed    of the random numbers it was drawn with
 * @param draws   for each patch of the stream, which uniform number of the seed its first id was drawn with
 * @param outcome how it ended
 * @param reason  why, where the outcome is not {@link Outcome#OK}
 * @param ended   whether the model wrote the end patch
 * @param work    what was computed for it
 * @param times   how long it took
 */
public record Piece(
        Prompt prompt,
        String raw,
        int[] stream,
        long seed,
        int[] draws,
        Outcome outcome,
        Optional<String> reason,
        boolean ended,
        Work work,
        Times times) {

    /**
     * What was computed for a piece: the counts that stage times are multiplied with.
     *
     * @param patches        generated patches, the end patch included
     * @param chars          characters of text in them
     * @param cuts           stream cuts
     * @param calls          decoded patches: the first of the body, decoded again with {@code [r:0/}, counts twice
     * @param sampledChars   characters drawn, those behind an EOS and of the discarded patch included
     * @param contextPatches sum over all calls of the complete patches in the context
     * @param prefills       contexts that were new: that of the prompt and that of each stream cut
     * @param prefillPatches complete patches in them that caches have to be filled with
     * @param cutPatches     of these, the ones that stream cuts made necessary
     * @param keptPatches    complete patches in new contexts that a cut left as they were, keys and values included
     */
    public record Work(int patches, int chars, int cuts, int calls, int sampledChars, long contextPatches,
            int prefills, long prefillPatches, long cutPatches, long keptPatches) {

        /** Patches in the context of the mean call. */
        public double meanContext() {
            return calls == 0 ? 0 : (double) contextPatches / calls;
        }
    }

    /**
     * Wall times from the prompt on, in seconds.
     *
     * @param total      to the end of the piece
     * @param firstPatch to the first patch
     * @param firstBar   to the first whole bar of music
     * @param cuts       spent in the first patch-level pass after each stream cut, all together
     */
    public record Times(double total, Optional<Double> firstPatch, Optional<Double> firstBar, double cuts) {
    }

    /**
     * The text that is music, with its prompt: all of a piece that ended by itself, the {@link WholeBars} of one that a
     * budget, a limit or a full window stopped. What is counted and what is played are both of it.
     */
    public String music() {
        return ended ? raw : WholeBars.of(raw);
    }

    /** This piece as fixed work for every arm. */
    public Trace trace(String name) {
        return new Trace(name, prompt, stream, new Uniforms.Drawn(seed, draws), "");
    }
}
