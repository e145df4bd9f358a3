package io.notagenbench.generate;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Recordings;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches in a row out of the middle of a recorded piece that stand for all of it: their context and their characters
 * are in the mean as near to those of the whole piece as in any other such stretch.
 *
 * @param start          calls of the model before the first of them
 * @param patches        calls of the model in it
 * @param chars          characters of text in them
 * @param contextPatches sum over these calls of the complete patches in the context
 * @param newPatches     patches in contexts that stream cuts within it made new
 * @param piece          what is computed for the whole piece
 */
public record Stretch(int start, int patches, int chars, long contextPatches, long newPatches, Piece.Work piece) {

    /** Penalty of a stream cut within a stretch: as much as a context that differs by a whole window. */
    private static final double CUT = 1;

    /** What one call of the model follows, and what it adds. */
    private record Call(int context, int chars, boolean isNew) {
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
        while (!steps.ended()) {
            int context = steps.contextPatches();
            int written = length[0];
            steps.skip(1);
            calls.add(new Call(context, length[0] - written, context < before));
            before = context;
        }
        return steps.piece();
    }

    private static Stretch nearest(List<Call> calls, int patches, int window, Piece.Work piece) {
        int last = calls.size() - 1 - patches;
        Stretch best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int start = last / 4; start <= Math.max(last / 4, 3 * last / 4); start++) {
            Stretch stretch = at(start, calls.subList(start, start + patches), piece);
            double off = Math.abs((double) stretch.contextPatches / patches - piece.meanContext()) / window
                    + Math.abs((double) stretch.chars / patches * piece.calls() / piece.chars() - 1)
                    + (stretch.newPatches > 0 ? CUT : 0);
            if (off < least) {
                least = off;
                best = stretch;
            }
        }
        return best;
    }

    private static Stretch at(int start, List<Call> calls, Piece.Work piece) {
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
        return new Stretch(start, calls.size(), chars, context, renewed, piece);
    }
}
