package io.notagenbench.checkpoint;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the weights of one model come from: a checkpoint file or a synthetic preset. Tensors are handed out one at a
 * time as fp32, so that the Java heap never has a whole model. Not thread-safe.
 */
public interface Weights extends AutoCloseable {

    /** The value of {@code -p model=}: {@code tiny}, {@code large}, or the path of a file. */
    String name();

    ModelConfig config();

    /**
     * SHA-256 over the content, in hexadecimal: of the file, or of the preset and the recipe of its synthetic weights.
     */
    String hash();

    /** Whether nobody trained them, so that they write no music. */
    default boolean isSynthetic() {
        return false;
    }

    /**
     * The file, where the original itself can read it: a state dict under the key {@code model}, with every tensor
     * under its own name; empty otherwise.
     */
    default Optional<Path> original() {
        return Optional.empty();
    }

    /**
     * Writes a tensor, row by row, from {@code into.position()} on; the position is after it then.
     *
     * @param tensor one of {@link TensorSpec#all}
     * @param into   a buffer with room for all its elements
     * @throws io.notagenbench.fault.Fault if the tensor holds a NaN or an infinity, or its bytes cannot be read
     */
    void read(TensorSpec tensor, FloatBuffer into);

    @Override
    void close();
}
