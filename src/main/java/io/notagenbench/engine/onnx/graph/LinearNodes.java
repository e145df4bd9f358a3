package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.engine.onnx.graph.GraphBuilder.MICROSOFT;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.QuantisedMatrix;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.quantisation.GroupScheme;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The products of linear layers, by the kernel of their scheme. On the CPU the kernels of quantised weights round the activations
 * of each row to int8, either group by group or with one scale for the row: a row does not depend on the others of its call, so
 * every decoding computes the same. On cards the kernel makes the weights fp32 again and multiplies in fp32.
 */
final class LinearNodes {

    /** Of {@code MatMulNBits}: int8 arithmetic. Without it a product takes longer than in fp32 on the CPU; cards have none. */
    private static final long INT8_ARITHMETIC = 4;
    private static final long FULL_ARITHMETIC = 1;

    private final GraphBuilder graph;
    private final GraphForm form;
    private final PlainNodes plain;

    LinearNodes(GraphBuilder graph, GraphForm form, PlainNodes plain) {
        this.graph = graph;
        this.form = form;
        this.plain = plain;
    }

    /**
     * Adds {@code x W}, without the bias.
     *
     * @param output name of the product
     * @param x      {@code [..., in]}
     * @param weight {@code [in, out]}
     * @param range  of {@code x}
     * @return {@code output}
     */
    String product(String output, String x, TensorSpec weight, ActivationRange range) {
        return form.schemes().map(schemes -> quantised(output, x, new QuantisedMatrix(weight, schemes.of(weight)), range))
                .orElseGet(() -> graph.node(ONNX, "MatMul", output, x, graph.weight(PlainWeight.of(weight, form.values()))));
    }

    private String quantised(String output, String x, QuantisedMatrix matrix, ActivationRange range) {
        GroupScheme scheme = matrix.scheme();
        QuantisedWeight weight = new QuantisedWeight(matrix);
        graph.weight(weight);
        List<String> weights = weight.tensors().stream().map(GraphTensor::name).toList();
        if (scheme.columns()) {
            return columns(output, x, weights.get(0), weights.get(1), range);
        }
        List<String> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(weights);
        graph.node(MICROSOFT, "MatMulNBits", inputs, List.of(output), Map.of("K", (long) matrix.in(), "N", (long) matrix.out(),
                "bits", (long) scheme.bits(), "block_size", (long) scheme.group(),
                "accuracy_level", form.target() == GraphTarget.CPU ? INT8_ARITHMETIC : FULL_ARITHMETIC));
        return output;
    }

    /**
     * A product of int8 by int8. ONNX Runtime's operators that quantise activations themselves have one scale for all rows of a call.
     * So each row is divided by its own size here, and its products are multiplied by it. Each extra node costs some
     * microseconds in every linear layer of a pass.
     */
    private String columns(String output, String x, String weights, String scales, ActivationRange range) {
        String axis = graph.constant(output + ".row_axis", -1);
        String size = output + ".size";
        if (range.symmetric()) {
            // A row of zeros has the size 0: 0 / 0 becomes some uint8, and its product is multiplied by 0.
            graph.node(ONNX, "ReduceMax", List.of(graph.node(ONNX, "Abs", output + ".sizes", x), axis), List.of(size), Map.of());
        } else {
            graph.node(ONNX, "ReduceMax", List.of(x, axis), List.of(output + ".largest"), Map.of());
            graph.node(ONNX, "Max", size, output + ".largest", plain.number(range.leastSize()));
        }
        String share = graph.node(ONNX, "Div", output + ".share", x, size);
        String step = plain.number(1f / range.above());
        String zero = graph.constant(output + ".zero", Type.UINT8, ByteBuffer.wrap(new byte[] {(byte) range.zero()}));
        String rounded = graph.node(ONNX, "QuantizeLinear", output + ".rounded", share, step, zero);
        String product = graph.node(MICROSOFT, "MatMulIntegerToFloat", output + ".product", rounded, weights, step, scales, zero);
        return graph.node(ONNX, "Mul", output, product, size);
    }
}
