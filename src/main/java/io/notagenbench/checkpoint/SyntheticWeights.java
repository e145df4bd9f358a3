package io.notagenbench.checkpoint;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * Weights of the published sizes, to time models without a checkpoint. Each is a hash of its tensor's name and its
 * index, so that every machine and backend has the same numbers. They have the distribution of GPT-2's initialisation
 * (standard deviation 0.02, residual projections divided by the root of their number); norms and biases are neutral.
 */
final class SyntheticWeights implements Weights {

    /** Changes whenever the numbers do. */
    private static final String RECIPE = "notagen-bench synthetic weights 1";
    private static final float DEVIATION = 0.02f;
    /** Half the width of a uniform distribution of deviation 1: the root of 3. */
    private static final float HALF_WIDTH = 1.7320508f;
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final ModelConfig config;

    SyntheticWeights(String name, ModelConfig config) {
        this.name = name;
        this.config = config;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public boolean isSynthetic() {
        return true;
    }

    @Override
    public String hash() {
        return Sha256.of((RECIPE + " " + config).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(TensorSpec tensor, FloatBuffer into) {
        int elements = Math.toIntExact(tensor.elements());
        int start = into.position();
        if (tensor.shape().size() == 1) {
            float value = tensor.name().endsWith("weight") ? 1 : 0;
            for (int i = 0; i < elements; i++) {
                into.put(start + i, value);
            }
        } else {
            fill(tensor, into, start, elements);
        }
        into.position(start + elements);
    }

    private void fill(TensorSpec tensor, FloatBuffer into, int start, int elements) {
        float scale = DEVIATION * HALF_WIDTH / (1 << 23);
        float step = tensor.name().endsWith("c_proj.weight") ? scale * residualScale(tensor) : scale;
        long key = mix(tensor.name().hashCode());
        LongStream.range(0, (elements + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int from = (int) chunk * CHUNK;
            int to = Math.min(from + CHUNK, elements);
            for (int i = from; i < to; i++) {
                // 24 signed bits: exact as a float, so that the product is rounded once, and equally on every machine.
                into.put(start + i, (mix(key + i) >> 40) * step);
            }
        });
    }

    private float residualScale(TensorSpec tensor) {
        int layers = tensor.name().startsWith("patch") ? config.patchLayers() : config.charLayers();
        return (float) (1 / Math.sqrt(2.0 * layers));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long value) {
        long z = value * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
