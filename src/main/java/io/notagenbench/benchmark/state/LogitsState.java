package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Recordings;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Logits that the trained tiny checkpoint computes over a recorded piece, and uniform numbers to draw with. */
@State(Scope.Benchmark)
public class LogitsState {

    /** Characters drawn in one invocation. */
    public static final int ROWS = 32 * PATCH_SIZE;

    /** Keeps the k most probable characters, 0 keeps all; the article's setting, and the one that it calls steadier. */
    @Param({Defaults.TOP_K, "15"})
    public String topK;

    /** Keeps the most probable characters up to this sum, 0 and 1 keep all; the article's setting. */
    @Param(Defaults.TOP_P)
    public String topP;

    /**
     * Power 1/T on the probabilities that top-k and top-p leave; the article's setting, and the one that it calls
     * faster.
     */
    @Param({Defaults.TEMPERATURE, "1.0"})
    public String temperature;

    private final float[] logits = new float[ROWS * VOCABULARY];
    private final double[] uniforms = new double[ROWS];
    private Sampler sampler;

    /** Runs the tiny checkpoint over the long trace, patch after patch, its characters given. */
    @Setup(Level.Trial)
    public void compute() {
        Parameters parameters = ParameterFields.of(this);
        sampler = new Sampler(new SamplerSettings(parameters.whole(Parameter.TOP_K),
                parameters.decimal(Parameter.TOP_P), parameters.decimal(Parameter.TEMPERATURE)));
        new NumpyRandom(parameters.seed()).fill(uniforms, ROWS);
        int patches = ROWS / PATCH_SIZE;
        int[] context = TraceContext.of(Trace.load(Recordings.LONG), patches + 1);
        try (Weights weights = ModelSource.open(ModelSource.TINY)) {
            ReferenceForward model = new ReferenceForward(weights);
            double[][] hidden = model.hiddenStates(context, patches);
            for (int patch = 0; patch < patches; patch++) {
                int next = (patch + 1) * PATCH_SIZE;
                int[] chars = Arrays.copyOfRange(context, next, next + PATCH_SIZE);
                double[][] rows = model.logits(hidden[patch], chars, PATCH_SIZE);
                for (int slot = 0; slot < PATCH_SIZE; slot++) {
                    for (int id = 0; id < VOCABULARY; id++) {
                        logits[(patch * PATCH_SIZE + slot) * VOCABULARY + id] = (float) rows[slot][id];
                    }
                }
            }
        }
    }

    /**
     * Draws one character from every row.
     *
     * @return the sum of the ids
     */
    public int drawAll() {
        int sum = 0;
        for (int row = 0; row < ROWS; row++) {
            sum += sampler.sample(logits, row * VOCABULARY, uniforms[row]);
        }
        return sum;
    }

    /** The logits, {@code [ROWS, 128]}. */
    public float[] logits() {
        return logits;
    }

    /** The uniform number of each row. */
    public double[] uniforms() {
        return uniforms;
    }
}
