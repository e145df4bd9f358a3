package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.DeviceOwner;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.engine.WeightFormat;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Blocks of linear layers in an engine, and rows to send through them. */
final class LinearBlocks implements AutoCloseable {

    /** The hidden size of the published {@code large}. */
    static final int LARGE = 1280;

    /**
     * So wide that a launch reads long enough on a card: a product of {@link #LARGE} takes 6 MB, an H200's memory gives
     * that in 1.4 us.
     */
    private static final int WIDE_ON_CARD = 5120;

    private static final int[] NARROWER = {512, 256, 128};

    private final DeviceOwner owner;
    private final LinearLayers layers;
    private final float[] input;
    private final float[] output;
    private final int rows;

    /**
     * Loads the layers and compares the first and the last row with double precision.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code WRONG_OUTPUT} if they differ
     */
    LinearBlocks(EngineSettings settings, int hidden, int blocks, int rows) {
        this.rows = rows;
        input = new float[rows * hidden];
        output = new float[rows * hidden];
        SplittableRandom random = new SplittableRandom(rows);
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextDouble(-1, 1);
        }
        try (Weights weights = ModelSource.synthetic(new ModelConfig(blocks, 0, hidden, 1))) {
            owner = DeviceOwner.of(settings, blocks * block(settings, hidden).linearBytes());
            layers = owner.load(() -> RooflineProbes.of(settings.backend()).linearLayers(settings, weights));
            Placement.announce(settings.device(), owner.place());
            forward();
            LinearCheck.require(weights, settings.precision(), input, output, 0);
            LinearCheck.require(weights, settings.precision(), input, output, rows - 1);
        }
    }

    /** The cost of one block. */
    static PassCost block(EngineSettings settings, int hidden) {
        ModelConfig config = new ModelConfig(1, 0, hidden, 1);
        return new PassCost(config, WeightFormat.of(settings.backend(), settings.precision(), settings.device().kind()));
    }

    /**
     * The hidden size of {@code large}, on a card a wider one, or the widest of the narrower ones of which two blocks
     * fit into the bytes.
     */
    static int widest(EngineSettings settings, long bytes) {
        if (settings.device().kind() == Device.Kind.CUDA && 2 * block(settings, WIDE_ON_CARD).linearBytes() <= bytes) {
            return WIDE_ON_CARD;
        }
        if (block(settings, LARGE).linearBytes() <= bytes) {
            return LARGE;
        }
        return Arrays.stream(NARROWER).filter(hidden -> 2 * block(settings, hidden).linearBytes() <= bytes).findFirst()
                .orElse(NARROWER[NARROWER.length - 1]);
    }

    /** Sends all rows through all layers; returns the output, {@code [rows, H]}. */
    float[] forward() {
        layers.forward(input, rows, output);
        return output;
    }

    @Override
    public void close() {
        layers.close();
        owner.close();
    }
}
