package io.notagenbench.engine;

/**
 * The linear layers of a model's patch level alone, in the kernels and from the weights of its decode steps: what they
 * take is what the arithmetic and the memory of a machine give such a model. Used by one thread at a time.
 */
public interface LinearLayers extends AutoCloseable {

    /**
     * For every block {@code q|k|v = c_attn(x)}, {@code x = x + c_proj(q + k + v)}, {@code x = x + c_proj(c_fc(x))}: each
     * product is wanted by the next one, so none can be left out.
     *
     * @param x    input, {@code [rows, H]}, not changed
     * @param rows number of rows, at least 1
     * @param y    receives the output, {@code [rows, H]}
     */
    void forward(float[] x, int rows, float[] y);

    @Override
    void close();
}
