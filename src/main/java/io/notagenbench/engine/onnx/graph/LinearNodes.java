package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.engine.onnx.graph.GraphBuilder.MICROSOFT;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.QuantisedMatrix;
import io.notagenbench.quantisation.GroupScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The products of linear layers, by the kernel of their scheme. On the CPU that of quantised weights rounds the activations of
 * each row to int8, group by group: a row does not depend on the others of its call, so every decoding computes the same. On
 * cards it makes the weights fp32 again and multiplies in fp32.
 */
final class LinearNodes {

    /** Of {@code MatMulNBits}: int8 arithmetic. Without it a product takes longer than in fp32 on the CPU; cards have none. */
    private static final long INT8_ARITHMETIC = 4;
    private static final long FULL_ARITHMETIC = 1;

    private final GraphBuilder graph;
    private final GraphForm form;

    LinearNodes(GraphBuilder graph, GraphForm form) {
        this.graph = graph;
        this.form = form;
    }

    /**
     * Adds {@code x W}, without the bias.
     *
     * @param output name of the product
     * @param x      {@code [..., in]}
     * @param weight {@code [in, out]}
     * @return {@code output}
     */
    String product(String output, String x, TensorSpec weight) {
        return form.scheme().map(scheme -> quantised(output, x, new QuantisedMatrix(weight, scheme)))
                .orElseGet(() -> graph.node(ONNX, "MatMul", output, x, graph.weight(PlainWeight.of(weight, form.values()))));
    }

    private String quantised(String output, String x, QuantisedMatrix matrix) {
        GroupScheme scheme = matrix.scheme();
        QuantisedWeight weight = new QuantisedWeight(matrix);
        graph.weight(weight);
        List<String> inputs = new ArrayList<>(List.of(x));
        weight.tensors().forEach(tensor -> inputs.add(tensor.name()));
        graph.node(MICROSOFT, "MatMulNBits", inputs, List.of(output), Map.of("K", (long) matrix.in(), "N", (long) matrix.out(),
                "bits", (long) scheme.bits(), "block_size", (long) scheme.group(),
                "accuracy_level", form.target() == GraphTarget.CPU ? INT8_ARITHMETIC : FULL_ARITHMETIC));
        return output;
    }
}
