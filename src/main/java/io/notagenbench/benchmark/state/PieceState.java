package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.Decoding;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Outcome;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a piece is made from, and a fresh session for each. */
@State(Scope.Benchmark)
public class PieceState {

    /** Context window in patches, at most the position rows of the model; the article's. */
    @Param(Defaults.PATCH_LENGTH)
    public String patchLength;

    /** Power 1/T on the probabilities that top-k and top-p leave; the article's. */
    @Param(Defaults.TEMPERATURE)
    public String temperature;

    /** Keeps the k most probable characters, 0 keeps all; the article's. */
    @Param(Defaults.TOP_K)
    public String topK;

    /** Keeps the most probable characters up to this sum, 0 and 1 keep all; the article's. */
    @Param(Defaults.TOP_P)
    public String topP;

    /** Seed of the random numbers, the same for every sample: five samples are five times one piece. */
    @Param(Defaults.SEED)
    public String seed;

    /** Period, composer and instrumentation; the article's. A trace brings its own. */
    @Param(Defaults.PROMPT)
    public String prompt;

    /** The model decides by default; a trace makes every arm write the same recorded piece. */
    @Param(Defaults.WORK)
    public String work;

    /** Budget of patches, for large models; 0 is until the piece ends. */
    @Param(Defaults.PATCHES)
    public String patches;

    private GenerationSettings settings;
    private PatchDecoder decoder;

    /**
     * Reads the settings and compares the decoder with the recomputation.
     *
     * @throws Fault (usage) if a value is not allowed or the window is larger than the model's rows
     */
    @Setup(Level.Trial)
    public void prepare(ModelState model) {
        Parameters parameters = ParameterFields.of(this);
        settings = GenerationSettings.of(parameters);
        settings.requireRows(model.config().rows());
        int[] prompt = PatchCodec.encodePrompt(settings.prompt());
        int patches = prompt.length / PATCH_SIZE;
        try (PatchDecoder checked = open(model, patches)) {
            SelfCheck.run(model.model(), checked, prompt, patches, parameters);
        }
    }

    /** Opens the caches of one piece. */
    @Setup(Level.Iteration)
    public void open(ModelState model) {
        decoder = open(model, settings.patchLength());
    }

    private PatchDecoder open(ModelState model, int window) {
        return PatchDecoders.open(Decoding.of(model.decoding), model.model(), window,
                KnownPieces.besides(settings.trace()));
    }

    /**
     * Writes the piece.
     *
     * @throws Fault (failed) that begins with the outcome if it is not OK: a piece that ended otherwise has no time
     */
    public Piece generate() {
        Piece piece = new PieceGenerator(settings, decoder).generate();
        if (piece.outcome() != Outcome.OK) {
            throw Fault.failed(piece.outcome() + ": " + piece.reason().orElse("no reason known"));
        }
        return piece;
    }

    /** What the char level has done for the piece. */
    public CharWork charLevel() {
        return decoder.work();
    }

    @TearDown(Level.Iteration)
    public void close() {
        decoder.close();
    }
}
