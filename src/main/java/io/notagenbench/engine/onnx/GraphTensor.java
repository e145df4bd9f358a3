package io.notagenbench.engine.onnx;

import io.notagenbench.engine.onnx.GraphBuilder.Type;
import java.util.Arrays;

/**
 * A constant tensor of a graph.
 *
 * @param name   its name in the graph
 * @param type   of its elements
 * @param offset where it begins in the memory of its weight
 * @param shape  its sizes
 */
record GraphTensor(String name, Type type, long offset, long... shape) {

    long bytes() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact) * type.bytes();
    }
}
