package io.notagenbench.generate;

import io.notagenbench.decoding.DraftMemory;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Recordings;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches in a row out of the middle of a recorded piece that stand for all of it: their context, their characters and the
 * passes that drafts need for them are in the mean as near to those of the whole piece as in any other such stretch.
 *
 * @param start          calls of the model before the first of them
 * @param patches        calls of the model in it
 * @param chars          characters of text in them
 * @param contextPatches sum over these calls of the complete patches in the context
 * @param newPatches     patches in contexts that stream cuts within it made new
 * @param passes         that a decoder with drafts makes in it
 * @param piece          what is computed for the whole piece
 * @param piecePasses    that a decoder with drafts makes in all of it
 */
public record Stretch(int start, int patches, int chars, long contextPatches, long newPatches, Passes passes, Piece.Work piece,
        Passes piecePasses) {

    /**
     * Forward passes of a decoder with drafts.
     *
     * @param patchLevel of the patch level
     * @param charLevel  of the char level
     */
    public record Passes(long patchLevel, long charLevel) {

        private static final Passes NONE = new Passes(0, 0);

        private static Passes of(PatchDecoder decoder) {
            return new Passes(decoder.patchWork().passes(), decoder.work().passes());
        }

        private Passes plus(Passes other) {
            return new Passes(patchLevel + other.patchLevel, charLevel + other.charLevel);
        }

        private Passes minus(Passes other) {
            return new Passes(patchLevel - other.patchLevel, charLevel - other.charLevel);
        }
    }

    /** Penalty of a stream cut within a stretch: as much as a context that differs by a whole window. */
    private static final double CUT = 1;

    /** What one call of the model follows, and what it adds. */
    private record Call(int context, int chars, boolean isNew, Passes passes) {
    }

    /**
     * Walks through the piece without a model.
     *
     * @param settings of the piece
     * @param patches  that the stretch has
     * @throws Fault (usage) if no trace says what the patches are, or the piece has fewer; (failed) if it does not end
     *               well in this window
     */
    public static Stretch of(GenerationSettings settings, int patches) {
        if (settings.trace().isEmpty()) {
            throw Fault.usage("work=" + Defaults.WORK + " leaves open which patches are decoded: choose a trace, such as "
                    + String.join(", ", Recordings.NAMES));
        }
        List<Call> calls = new ArrayList<>();
        Piece piece = walk(settings.endless(), calls);
        if (piece.outcome() != Outcome.OK) {
            throw Fault.failed(piece.outcome(), piece.reason().orElse("no reason given"));
        }
        // The last call writes the end patch, which is like no other.
        if (patches < 1 || patches >= calls.size()) {
            throw Fault.usage("patches=" + patches + " is not a stretch of this piece: choose 1 to " + (calls.size() - 1));
        }
        return nearest(calls, patches, settings.patchLength(), piece.work());
    }

    private static Piece walk(GenerationSettings settings, List<Call> calls) {
        int[] length = {settings.prompt().text().length()};
        PieceSteps steps = new PieceSteps(settings, (patches, text) -> length[0] = text.length(), DrawListener.NONE);
        int before = 0;
        try (PatchDecoder decoder = PatchDecoders.withoutModel(settings.patchLength(),
                new DraftMemory(KnownPieces.besides(settings.trace())))) {
            while (!steps.ended()) {
                int context = steps.contextPatches();
                int written = length[0];
                Passes made = Passes.of(decoder);
                steps.step(decoder);
                calls.add(new Call(context, length[0] - written, context < before, Passes.of(decoder).minus(made)));
                before = context;
            }
        }
        return steps.piece();
    }

    private static Stretch nearest(List<Call> calls, int patches, int window, Piece.Work piece) {
        int last = calls.size() - 1 - patches;
        Passes all = sum(calls);
        Stretch best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int start = last / 4; start <= Math.max(last / 4, 3 * last / 4); start++) {
            Stretch stretch = at(start, calls.subList(start, start + patches), piece, all);
            double off = Math.abs((double) stretch.contextPatches / patches - piece.meanContext()) / window
                    + Math.abs((double) stretch.chars / patches * piece.calls() / piece.chars() - 1)
                    + Math.abs((double) stretch.passes.charLevel / patches * calls.size() / all.charLevel - 1)
                    + Math.abs((double) stretch.passes.patchLevel / patches * calls.size() / all.patchLevel - 1)
                    + (stretch.newPatches > 0 ? CUT : 0);
            if (off < least) {
                least = off;
                best = stretch;
            }
        }
        return best;
    }

    private static Passes sum(List<Call> calls) {
        return calls.stream().map(Call::passes).reduce(Passes.NONE, Passes::plus);
    }

    private static Stretch at(int start, List<Call> calls, Piece.Work piece, Passes piecePasses) {
        int chars = 0;
        long context = 0;
        long renewed = 0;
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            chars += call.chars();
            context += call.context();
            // The first context is encoded before the stretch begins.
            renewed += i > 0 && call.isNew() ? call.context() : 0;
        }
        return new Stretch(start, calls.size(), chars, context, renewed, sum(calls), piece, piecePasses);
    }
}
