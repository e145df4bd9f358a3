package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.Precision;
import java.util.SplittableRandom;

/** Linear layers as wide as those of the published {@code large}, and rows that go through them. */
final class LinearWork implements AutoCloseable {

    private static final int HIDDEN = 1280;

    private final LinearLayers layers;
    private final float[] input;
    private final float[] output;
    private final int rows;

    /**
     * Loads the layers and compares the first and the last row with double precision.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code WRONG_OUTPUT} if they differ
     */
    LinearWork(EngineSettings settings, int blocks, int rows) {
        this.rows = rows;
        input = new float[rows * HIDDEN];
        output = new float[rows * HIDDEN];
        SplittableRandom random = new SplittableRandom(rows);
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextDouble(-1, 1);
        }
        try (Weights weights = ModelSource.synthetic(config(blocks))) {
            layers = BackendProvider.of(settings.backend()).linearLayers(settings, weights);
            forward();
            LinearCheck.require(weights, settings.precision(), input, output, 0);
            LinearCheck.require(weights, settings.precision(), input, output, rows - 1);
        }
    }

    private static ModelConfig config(int blocks) {
        return new ModelConfig(blocks, 0, HIDDEN, 1);
    }

    /** The cost of one block. */
    static PassCost block(Precision precision) {
        return new PassCost(config(1), precision);
    }

    /** All rows through all layers; the output, {@code [rows, H]}. */
    float[] forward() {
        layers.forward(input, rows, output);
        return output;
    }

    @Override
    public void close() {
        layers.close();
    }
}
