package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Weights of any size that make every part of a model count: attention is far from uniform, biases and LayerNorms are
 * far from the identity, and hidden states keep a size of about 1.
 */
public record RandomWeights(ModelConfig config) implements Weights {

    /** Numbers between -1 and 1; a table, so that filling a model takes no time. */
    private static final double[] NOISE = new SplittableRandom(1).doubles(1 << 20, -1, 1).toArray();

    @Override
    public String name() {
        return "random";
    }

    @Override
    public boolean isSynthetic() {
        return true;
    }

    @Override
    public String hash() {
        return config.toString();
    }

    @Override
    public void read(TensorSpec tensor, FloatBuffer into) {
        boolean norm = tensor.name().contains(".ln_") && tensor.name().endsWith("weight");
        boolean linear = tensor.shape().size() > 1 && tensor.name().contains(".h.");
        double scale = linear ? 2 / Math.sqrt(tensor.shape().get(0)) : 0.3;
        double centre = norm ? 1 : 0;
        int start = tensor.name().hashCode();
        int elements = Math.toIntExact(tensor.elements());
        for (int i = 0; i < elements; i++) {
            into.put((float) (centre + scale * NOISE[start + i & NOISE.length - 1]));
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
