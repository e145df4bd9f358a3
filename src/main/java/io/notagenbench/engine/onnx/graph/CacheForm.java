package io.notagenbench.engine.onnx.graph;

/** How a graph keeps keys and values; this decides the operators of its attention. */
public enum CacheForm {
    /**
     * One buffer {@code [pieces, heads, room, 64]} is past and present: {@code GroupQueryAttention} writes new rows in place.
     * For the CPU: the CUDA kernels of this operator do not support fp32.
     */
    SHARED,
    /**
     * The past goes in, {@code [pieces, cached, heads, 64]}, and only the new rows come out, {@code [pieces, rows, heads, 64]}, into
     * the same buffer behind it. Attention is made of operators that every provider has in fp32.
     */
    ROWS,
    /**
     * As {@link #ROWS}, but the past comes out, too, with the new rows behind it: what a loop hands from step to step, and a call
     * to the next, without anything of it leaving the device.
     */
    GROWN
}
