package io.notagenbench.arms;

import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.decoding.PatchWork;
import io.notagenbench.engine.DecodeCost;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.WeightFormat;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import io.notagenbench.params.Decoding;
import java.util.ArrayList;
import java.util.List;

/** An arm on its way through a recorded piece, in one context window, with one number of threads. */
final class RacingArm implements AutoCloseable {

    /** Patches before the first that is timed: the first of them encodes the whole context. */
    static final int WARM_UP = 2;

    private final Arm arm;
    private final NotaGenModel model;
    private final int window;
    private final PatchDecoder decoder;
    private final PieceSteps steps;
    private final DrawLog draws = DrawLog.withoutMargins();
    private final List<RaceResult.Turn> turns = new ArrayList<>();

    /** @param skipped patches of the piece that are written without a model */
    RacingArm(LoadedArm loaded, GenerationSettings settings, int skipped) {
        arm = loaded.arm();
        model = loaded.model();
        window = settings.patchLength();
        decoder = PatchDecoders.open(arm.decoding(), model, window, KnownPieces.besides(settings.trace()));
        steps = new PieceSteps(settings, PieceListener.NONE, draws);
        steps.skip(skipped);
    }

    Arm arm() {
        return arm;
    }

    int window() {
        return window;
    }

    int threads() {
        return model.settings().threads();
    }

    /** Returns the draws of its turns. */
    DrawLog draws() {
        return draws;
    }

    List<RaceResult.Turn> turns() {
        return turns;
    }

    RoundTimes times() {
        return new RoundTimes(turns.stream().map(RaceResult.Turn::millisecondsAPatch).toList());
    }

    /** Decodes {@value #WARM_UP} patches whose time and draws do not count. */
    void warmUp() {
        for (int patch = 0; patch < WARM_UP && !steps.ended(); patch++) {
            steps.step(decoder);
        }
        draws.clear();
    }

    /** Decodes the next patches; a {@link Fault} (failed) if the piece ends before. */
    void turn(int patches) {
        CharWork chars = decoder.work();
        PatchWork rows = decoder.patchWork();
        long context = 0;
        int done = 0;
        long start = System.nanoTime();
        for (; done < patches && !steps.ended(); done++) {
            context += steps.contextPatches();
            steps.step(decoder);
        }
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (done < patches) {
            throw Fault.failed("arm " + arm.label() + " could decode only " + done + " of the " + patches
                    + " patches of its turn with patchLength=" + window + ", because the piece ended ("
                    + steps.piece().outcome() + "): choose another patchLength, fewer patches or a smaller --skip.");
        }
        double meanContext = (double) context / done;
        PatchWork patchWork = decoder.patchWork();
        DecodeCost cost = chars(decoder.work().passes() - chars.passes(), decoder.work().rows() - chars.rows())
                .plus(patches(patchWork.passes() - rows.passes(), patchWork.rows() - rows.rows(), meanContext));
        turns.add(new RaceResult.Turn(done, meanContext, milliseconds, cost.times(1.0 / done)));
    }

    private PassCost passCost() {
        return new PassCost(model.config(), WeightFormat.of(arm.backend(), arm.precision(), model.settings().device().kind()));
    }

    private DecodeCost chars(long passes, long rows) {
        return passCost().chars((double) rows / passes, 0).times(passes);
    }

    /** Drafts of whole patches can save all passes of a turn. */
    private DecodeCost patches(long passes, long rows, double context) {
        if (passes == 0) {
            return DecodeCost.NOTHING;
        }
        double rowsOfPass = (double) rows / passes;
        double cached = arm.decoding() == Decoding.RECOMPUTE ? 0 : Math.max(0, context - rowsOfPass);
        return passCost().patches(rowsOfPass, cached).times(passes);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
