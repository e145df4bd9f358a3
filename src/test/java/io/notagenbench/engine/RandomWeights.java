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

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String hash() {
        return config.toString();
    }

    @Override
    public void read(TensorSpec tensor, FloatBuffer into) {
        SplittableRandom random = new SplittableRandom(tensor.name().hashCode());
        boolean norm = tensor.name().contains(".ln_") && tensor.name().endsWith("weight");
        boolean linear = tensor.shape().size() > 1 && tensor.name().contains(".h.");
        double scale = linear ? 2 / Math.sqrt(tensor.shape().get(0)) : 0.3;
        double centre = norm ? 1 : 0;
        for (long i = 0; i < tensor.elements(); i++) {
            into.put((float) (centre + scale * (2 * random.nextDouble() - 1)));
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
