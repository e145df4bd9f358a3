package io.notagenbench.engine.onnx.graph;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.QuantisedMatrix;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.quantisation.GroupScheme;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight of a linear layer in whole numbers: for {@code MatMulNBits} with scales and perhaps zero points, or for products of
 * int8 by int8 with a scale for each column.
 */
record QuantisedWeight(QuantisedMatrix matrix) implements GraphWeight {

    @Override
    public List<GraphTensor> tensors() {
        GroupScheme scheme = matrix.scheme();
        int in = matrix.in();
        int out = matrix.out();
        String name = matrix.source().name() + "." + scheme.label();
        List<GraphTensor> tensors = new ArrayList<>();
        tensors.add(scheme.columns() ? new GraphTensor(name, Type.INT8, 0, in, out)
                : new GraphTensor(name, Type.UINT8, 0, out, scheme.groups(in), scheme.groupBytes(in)));
        tensors.add(new GraphTensor(name + ".scales", Type.FLOAT, matrix.scaleOffset(), scheme.scales(in, out)));
        if (scheme.zeroPoints()) {
            tensors.add(new GraphTensor(name + ".zero_points", Type.UINT8, matrix.zeroPointOffset(), matrix.zeroPointBytes()));
        }
        return tensors;
    }

    @Override
    public long bytes() {
        return matrix.bytes();
    }

    @Override
    public void write(Weights weights, ByteBuffer memory) {
        matrix.write(weights, memory);
    }
}
