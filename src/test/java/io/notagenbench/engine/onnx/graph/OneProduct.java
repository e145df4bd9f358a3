package io.notagenbench.engine.onnx.graph;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;

/** The graph of one product of a linear layer. */
public final class OneProduct {

    public static final String X = "x";
    public static final String Y = "y";

    private OneProduct() {
    }

    /** @param gelu whether activations are those of a gelu */
    public static GraphBuilder of(TensorSpec weight, GraphForm form, boolean gelu) {
        GraphBuilder graph = new GraphBuilder("one_product");
        graph.input(X, Type.FLOAT, "rows", weight.shape().get(0));
        new LinearNodes(graph, form, new PlainNodes(graph, Type.FLOAT))
                .product(Y, X, weight, gelu ? ActivationRange.GELU : ActivationRange.SYMMETRIC);
        graph.output(Y, Type.FLOAT, "rows", weight.shape().get(1));
        return graph;
    }
}
