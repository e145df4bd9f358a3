package io.notagenbench.engine.onnx.graph;

import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.util.Arrays;

/**
 * A constant tensor of a graph.
 *
 * @param name   its name in the graph
 * @param type   of its elements
 * @param offset where it begins in the memory of its weight
 * @param shape  its sizes
 */
public record GraphTensor(String name, Type type, long offset, long... shape) {

    public long bytes() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact) * type.bytes();
    }
}
