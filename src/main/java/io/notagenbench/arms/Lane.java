package io.notagenbench.arms;

import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.decoding.PatchWork;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import io.notagenbench.params.Decoding;
import io.notagenbench.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;

/** A decoder somewhere in a recorded piece, in a context window of its own. */
public final class Lane implements AutoCloseable {

    /** Patches before the first that is timed: the first encodes the whole context. */
    public static final int WARM_UP = 2;

    private final String label;
    private final int window;
    private final PatchDecoder decoder;
    private final PieceSteps steps;
    /** For each patch the ids that were drawn, before the trace overruled them. */
    private final List<List<Integer>> draws = new ArrayList<>();

    /**
     * @param label   what a fault calls it
     * @param model   stays open as long as this lane, and is not closed by it
     * @param skipped patches of the piece that are written without a model
     */
    public Lane(String label, NotaGenModel model, Decoding decoding, GenerationSettings settings, int skipped) {
        this.label = label;
        this.window = settings.patchLength();
        decoder = PatchDecoders.open(decoding, model, window, KnownPieces.besides(settings.trace()));
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

    int window() {
        return window;
    }

    /** Decodes {@value #WARM_UP} patches whose time does not count, the context of the first among it. */
    public void warmUp() {
        for (int patch = 0; patch < WARM_UP && !steps.ended(); patch++) {
            steps.step(decoder);
        }
    }

    /** Decodes the next patches; a {@link Fault} (failed) if the piece ends before. */
    public Stretch turn(int patches) {
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
            throw Fault.failed("arm " + label + " cannot go on in a window of " + window + " patches after " + done
                    + " patches of its turn: the piece has ended (" + steps.piece().outcome() + "); choose another"
                    + " patchLength, fewer patches or a smaller --skip.");
        }
        return new Stretch(done, (double) context / done, milliseconds,
                decoder.patchWork().passes() - rows.passes(), decoder.patchWork().rows() - rows.rows(),
                decoder.work().passes() - chars.passes(), decoder.work().rows() - chars.rows());
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
