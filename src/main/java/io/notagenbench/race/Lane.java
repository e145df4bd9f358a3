package io.notagenbench.race;

import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.decoding.PatchWork;
import io.notagenbench.engine.DecodeCost;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.PassCost;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import io.notagenbench.peer.Arm;
import io.notagenbench.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;

/** One arm in one context window, somewhere in the piece. */
final class Lane implements AutoCloseable {

    private final Arm arm;
    private final int window;
    private final PassCost cost;
    private final PatchDecoder decoder;
    private final PieceSteps steps;
    /** For each patch the ids that were drawn, before the trace overruled them. */
    private final List<List<Integer>> draws = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /** @param skipped patches of the piece that are written without a model */
    Lane(Arm arm, NotaGenModel model, GenerationSettings settings, int skipped) {
        this.arm = arm;
        this.window = settings.patchLength();
        cost = new PassCost(model.config(), arm.backend(), arm.precision());
        decoder = PatchDecoders.open(arm.decoding(), model, window, KnownPieces.besides(settings.trace()));
        steps = new PieceSteps(settings, PieceListener.NONE, new DrawListener() {
            @Override
            public void drawn(Sampler sampler, double uniform, int id) {
                drawnInside(uniform, id);
            }

            @Override
            public void drawnInside(double uniform, int id) {
                if (!draws.isEmpty()) {
                    draws.get(draws.size() - 1).add(id);
                }
            }
        });
        steps.skip(skipped);
    }

    Arm arm() {
        return arm;
    }

    int window() {
        return window;
    }

    /** Decodes patches whose time does not count, the context of the first among it. */
    void warmUp(int patches) {
        for (int patch = 0; patch < patches && !steps.ended(); patch++) {
            steps.step(decoder);
        }
    }

    /** Decodes the next patches; a {@link Fault} (failed) if the piece ends before. */
    void turn(int patches) {
        CharWork chars = decoder.work();
        PatchWork rows = decoder.patchWork();
        long context = 0;
        int done = 0;
        long start = System.nanoTime();
        for (; done < patches && !steps.ended(); done++) {
            draws.add(new ArrayList<>());
            context += steps.contextPatches();
            steps.step(decoder);
        }
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (done < patches) {
            throw Fault.failed("arm " + arm.label() + " cannot go on in a window of " + window + " patches after " + done
                    + " patches of its turn: the piece has ended (" + steps.piece().outcome() + "); choose another"
                    + " patchLength, fewer patches or a smaller --skip.");
        }
        double mean = (double) context / done;
        turns.add(new Turn(done, mean, milliseconds, cost(chars, rows, mean).times(1.0 / done)));
    }

    private DecodeCost cost(CharWork charsBefore, PatchWork rowsBefore, double context) {
        boolean recompute = arm.decoding() == Decoding.RECOMPUTE;
        double patchPasses = decoder.patchWork().passes() - rowsBefore.passes();
        double patchRows = decoder.patchWork().rows() - rowsBefore.rows();
        double charPasses = decoder.work().passes() - charsBefore.passes();
        double charRows = decoder.work().rows() - charsBefore.rows();
        DecodeCost chars = cost.chars(charRows / charPasses, 0).times(charPasses);
        if (patchPasses == 0) {
            return chars;
        }
        double rows = patchRows / patchPasses;
        return chars.plus(cost.patches(rows, recompute ? 0 : Math.max(0, context - rows)).times(patchPasses));
    }

    List<Turn> turns() {
        return turns;
    }

    /** Whether the ids that both drew are the same; recomputation also draws behind the end of a patch. */
    boolean drewAs(Lane other) {
        if (draws.size() != other.draws.size()) {
            return false;
        }
        for (int patch = 0; patch < draws.size(); patch++) {
            List<Integer> ours = draws.get(patch);
            List<Integer> theirs = other.draws.get(patch);
            int both = Math.min(ours.size(), theirs.size());
            if (both == 0 || !ours.subList(0, both).equals(theirs.subList(0, both))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
