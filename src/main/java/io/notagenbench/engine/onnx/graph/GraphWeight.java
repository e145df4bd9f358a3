package io.notagenbench.engine.onnx.graph;

import io.notagenbench.checkpoint.Weights;
import java.nio.ByteBuffer;
import java.util.List;

/** What a graph makes of one tensor of a checkpoint: one constant tensor, or several that are made together. */
public interface GraphWeight {

    /** The tensors, the first of which names the weight. */
    List<GraphTensor> tensors();

    /** Bytes of all of them. */
    long bytes();

    /**
     * Reads the tensor of the checkpoint and writes those of the graph.
     *
     * @param memory of {@link #bytes} bytes in native order, from index 0 on
     */
    void write(Weights source, ByteBuffer memory);

    /** The name that the other weights of a graph do not have. */
    default String name() {
        return tensors().get(0).name();
    }
}
