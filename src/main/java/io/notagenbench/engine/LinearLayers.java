package io.notagenbench.engine;

/**
 * Only the linear layers of a model's patch level, with the kernels and weights of its decode steps. Their time shows
 * what the arithmetic and memory of a machine allow such a model. Used by one thread at a time.
 */
public interface LinearLayers extends AutoCloseable {

    /**
     * For every block {@code q|k|v = c_attn(x)}, {@code x = x + c_proj(q + k + v)}, {@code x = x + c_proj(c_fc(x))}:
     * each product needs the one before it, so an engine can leave out none.
     *
     * @param x    input, {@code [rows, H]}, not changed
     * @param rows number of rows, at least 1
     * @param y    receives the output, {@code [rows, H]}
     */
    void forward(float[] x, int rows, float[] y);

    @Override
    void close();
}
