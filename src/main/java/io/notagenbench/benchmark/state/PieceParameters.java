package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.params.Defaults;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The parameters of every state that writes pieces. */
@State(Scope.Benchmark)
public abstract class PieceParameters {

    /** Context window in patches, at most the position rows of the model; the article's setting. */
    @Param(Defaults.PATCH_LENGTH)
    public String patchLength;

    /** Power 1/T on the probabilities that top-k and top-p leave; the article's setting. */
    @Param(Defaults.TEMPERATURE)
    public String temperature;

    /** Keeps the k most probable characters, 0 keeps all; the article's setting. */
    @Param(Defaults.TOP_K)
    public String topK;

    /** Keeps the most probable characters up to this sum, 0 and 1 keep all; the article's setting. */
    @Param(Defaults.TOP_P)
    public String topP;

    /**
     * Seed of the random numbers, the same for every sample. The pieces of a queue have this seed and the next ones.
     */
    @Param(Defaults.SEED)
    public String seed;

    /** What the piece begins with; the article's by default. A trace has its own. */
    @Param(Defaults.PROMPT)
    public String prompt;

    /** {@code natural} lets the model decide the text; a trace makes every arm write the same recorded piece. */
    @Param(Defaults.WORK)
    public String work;

    /** Budget of patches; 0 is until the piece ends. */
    @Param(Defaults.PATCHES)
    public String patches;

    /**
     * Seconds that a piece may take, as in the original; 0 is no limit. A sweep also ends a fork at its own timeout.
     * JMH's {@code -to} only interrupts an iteration, which does not stop a piece.
     */
    @Param(Defaults.TIME_LIMIT)
    public String timeLimit;

    /**
     * What the parameters ask for.
     *
     * @param config of the model
     * @param model  its name
     * @throws Fault (usage) if a value is not allowed or the window is longer than the model has position rows
     */
    final GenerationSettings settings(ModelConfig config, String model) {
        GenerationSettings settings = GenerationSettings.of(ParameterFields.of(this));
        settings.requireRows(config, model);
        return settings;
    }

    /**
     * The patches on which a decoder is compared with its recomputation, flat: the prompt, or the default one where the
     * prompt has no line.
     *
     * @throws Fault (failed) that begins with {@code CONTEXT_FULL} if the prompt has no room in the window
     */
    static int[] checkedContext(GenerationSettings settings) {
        int[] prompt = PatchCodec.encodePrompt(settings.prompt());
        if (prompt.length > settings.patchLength() * PATCH_SIZE) {
            throw Fault.failed(Outcome.CONTEXT_FULL, "the prompt alone has " + prompt.length / PATCH_SIZE
                    + " patches, more than patchLength=" + settings.patchLength());
        }
        return prompt.length > PATCH_SIZE ? prompt : PatchCodec.encodePrompt(Prompt.parse(Defaults.PROMPT));
    }

    /** @throws Fault (failed) that begins with the outcome if it is not OK: a piece that ended otherwise has no time */
    static Piece requireOk(Piece piece) {
        if (piece.outcome() != Outcome.OK) {
            throw Fault.failed(piece.outcome(), piece.reason().orElse("no reason given") + ", seed "
                    + piece.seed());
        }
        return piece;
    }
}
