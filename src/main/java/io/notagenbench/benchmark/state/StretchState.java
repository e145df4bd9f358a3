package io.notagenbench.benchmark.state;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.decoding.DraftMemory;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import io.notagenbench.generate.Stretch;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Recordings;
import io.notagenbench.results.StretchCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A recorded piece whose first half was written without a model, and a session that has its context: the patches that
 * follow are timed. The times of a new context and of a step of the patch level are taken before, since a stretch has
 * no stream cut and a piece has several. To recomputation a cut is nothing special.
 */
@State(Scope.Benchmark)
public class StretchState {

    private static final double NANOS_PER_SECOND = 1e9;

    /** The recorded piece. */
    @Param(Recordings.CHOPIN)
    public String work;

    /** Context window in patches, at most the position rows of the model; the article's setting. */
    @Param(Defaults.PATCH_LENGTH)
    public String patchLength;

    /** Patches in a row that are decoded. */
    @Param("16")
    public String patches;

    private GenerationSettings settings;
    private Stretch stretch;
    private PieceSteps steps;
    private PatchDecoder decoder;
    private int firstPatches;
    private double firstSeconds;
    private double stepSeconds;

    /**
     * Chooses the stretch and compares the decoder with the recomputation.
     *
     * @throws io.notagenbench.fault.Fault (usage) if {@code work} is no recorded piece, or the window is larger than
     *                                     the model's rows
     */
    @Setup(Level.Trial)
    public void prepare(ModelState model) {
        Parameters parameters = ParameterFields.of(this);
        GenerationSettings asked = GenerationSettings.of(parameters);
        asked.requireRows(model.config(), model.model);
        stretch = Stretch.of(asked, parameters.whole(Parameter.PATCHES));
        settings = asked.endless();
        int[] context = PatchCodec.encodePrompt(settings.prompt());
        int length = context.length / ModelConfig.PATCH_SIZE;
        try (PatchDecoder checked = PatchDecoders.open(Decoding.of(model.decoding), model.model(), length)) {
            SelfCheck.run(model.model(), checked, context, length, parameters);
        }
    }

    /**
     * Comes to the first patch of the stretch. A decoder that drafts has learned from what was written until then, as in a
     * whole piece.
     */
    @Setup(Level.Iteration)
    public void open(ModelState model) {
        steps = new PieceSteps(settings, PieceListener.NONE, DrawListener.NONE);
        DraftMemory memory = new DraftMemory(KnownPieces.besides(settings.trace()));
        try (PatchDecoder before = PatchDecoders.withoutModel(settings.patchLength(), memory)) {
            for (int call = 0; call < stretch.start(); call++) {
                steps.step(before);
            }
        }
        decoder = PatchDecoders.open(Decoding.of(model.decoding), model.model(), settings.patchLength(), memory);
        float[] hidden = new float[model.config().hidden()];
        firstPatches = steps.contextPatches();
        if (Decoding.of(model.decoding) != Decoding.RECOMPUTE) {
            firstSeconds = encode(0, hidden);
            stepSeconds = encode(firstPatches - 1, hidden);
        }
    }

    /** Copying the hidden state out waits for the engine's last kernel, on any device. */
    private double encode(int unchanged, float[] hidden) {
        long start = System.nanoTime();
        steps.encode(decoder, unchanged);
        decoder.hiddenState(hidden);
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    /**
     * Decodes the stretch.
     *
     * @return the number of its patches
     */
    public int decode() {
        for (int patch = 0; patch < stretch.patches(); patch++) {
            steps.step(decoder);
        }
        return stretch.patches();
    }

    /** The piece so far. */
    public String text() {
        return steps.text();
    }

    /**
     * Counts what was computed, untimed, and frees the caches.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code WRONG_OUTPUT} if another text than the recorded one
     *                                     was written
     */
    @TearDown(Level.Iteration)
    public void close(StretchCounters counters) {
        decoder.close();
        settings.trace().ifPresent(trace -> trace.requireText(steps.text(), steps.ended()));
        counters.steps = stretch.patches();
        counters.chars = stretch.chars();
        counters.contextPatches = stretch.contextPatches();
        counters.newPatches = stretch.newPatches();
        counters.charPasses = stretch.passes().charLevel();
        counters.patchPasses = stretch.passes().patchLevel();
        counters.firstPatches = firstPatches;
        counters.firstSeconds = firstSeconds;
        counters.stepSeconds = stepSeconds;
        counters.piecePatches = stretch.piece().patches();
        counters.pieceChars = stretch.piece().chars();
        counters.pieceCalls = stretch.piece().calls();
        counters.pieceContextPatches = stretch.piece().contextPatches();
        counters.pieceCharPasses = stretch.piecePasses().charLevel();
        counters.piecePatchPasses = stretch.piecePasses().patchLevel();
        counters.piecePrefills = stretch.piece().prefills();
        counters.piecePrefillPatches = stretch.piece().prefillPatches();
    }
}
