package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;

/**
 * The cost of one forward pass on the CPU, from the sizes of the model alone (notagen.md, section 1): linear layers
 * have the precision's weights, everything else is fp32. Activations are not counted: they stay in the caches of a
 * core. Rows and positions may be the means of many passes; attention alone is not linear in them, and small.
 *
 * @param config  sizes of the model
 * @param weights in which its linear layers are kept
 */
public record PassCost(ModelConfig config, WeightFormat weights) {

    /** Weights of the four linear layers of a block, in units of H x H. */
    private static final int LINEAR = 12;
    /** Biases of these layers, and both LayerNorms, in units of H. */
    private static final int VECTORS = 13;
    /** Weight and bias of a LayerNorm, in H. */
    private static final int NORM = 2;

    /** Bytes of the four linear layers of one block of the patch level, without their biases. */
    public long linearBytes() {
        return weights.linearBytes(TensorSpec.patchBlock(config, 0));
    }

    /** Additions and multiplications of these layers for a number of rows. */
    public double linearOperations(double rows) {
        return 2.0 * LINEAR * config.hidden() * config.hidden() * rows;
    }

    /**
     * Returns the cost of a pass of the patch level.
     *
     * @param rows  patches that are run
     * @param start patches before them, whose keys and values are cached
     */
    public DecodeCost patches(double rows, double start) {
        // sixteen columns of the embedding, their bias and a position for each patch
        double embedding = rows * (PATCH_SIZE + 1) + 1;
        return blocks(linearBytes(), config.patchLayers(), rows, start).plus(new DecodeCost(vectors(embedding + NORM), 0, 0, 1, 0));
    }

    /**
     * Returns the cost of a pass of the char level.
     *
     * @param rows  positions that are run
     * @param start positions before them, whose keys and values are cached
     */
    public DecodeCost chars(double rows, double start) {
        // a character and a position for each row, and the head for all
        double head = VOCABULARY;
        return blocks(weights.linearBytes(TensorSpec.charBlock(config, 0)), config.charLayers(), rows, start)
                .plus(new DecodeCost(vectors(rows * 2 + NORM + head), 0, 2 * head * config.hidden() * rows, 1, 0));
    }

    private DecodeCost blocks(long linearBytes, int layers, double rows, double start) {
        // causal: a row sees itself and all before it; q k^T and the weighted sum of v are H multiply-adds each
        double seen = rows * start + rows * (rows + 1) / 2;
        double attention = 2 * 2 * config.hidden() * seen;
        // a key and a value of every position is moved once: old ones are read, new ones written
        return new DecodeCost(linearBytes + vectors(VECTORS), vectors(2 * (start + rows)),
                linearOperations(rows) + attention, 0, 1).times(layers);
    }

    /** Bytes of {@code count} vectors of the hidden size. */
    private double vectors(double count) {
        return count * config.hidden() * Float.BYTES;
    }
}
