package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.engine.onnx.graph.GraphBuilder.NONE;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import ai.onnxruntime.platform.Fp16Conversions;
import io.notagenbench.engine.onnx.graph.DecoderGraph.Stream;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime's fused operators, written in standard ONNX operators. */
final class PlainNodes {

    /** Of GPT-2's gelu: {@code 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}. */
    private static final float CUBIC = 0.044715f;
    private static final float ROOT = (float) Math.sqrt(2 / Math.PI);

    private final GraphBuilder graph;
    private final Type type;
    private final Set<String> numbers = new HashSet<>();

    /** @param type of the values that are computed with */
    PlainNodes(GraphBuilder graph, Type type) {
        this.graph = graph;
        this.type = type;
    }

    /** {@code gelu(x + bias)}. */
    String gelu(String gelu, String product, String bias) {
        String x = node("Add", gelu + ".x", product, bias);
        String square = node("Mul", gelu + ".square", x, x);
        String cube = node("Mul", gelu + ".cube", square, x);
        String inner = node("Add", gelu + ".inner", x, node("Mul", gelu + ".cubic", cube, number(CUBIC)));
        String tanh = node("Tanh", gelu + ".tanh", node("Mul", gelu + ".scaled", inner, number(ROOT)));
        String half = node("Mul", gelu + ".half", x, number(0.5f));
        return node("Mul", gelu, half, node("Add", gelu + ".above_zero", tanh, number(1)));
    }

    /**
     * Adds up a residual stream.
     *
     * @param between name of the addend with its bias
     */
    String sum(String between, Stream stream, String sum) {
        String addend = stream.bias().equals(NONE) ? stream.addend() : node("Add", between, stream.addend(), stream.bias());
        return node("Add", sum, addend, stream.residual());
    }

    void layerNorm(String normed, String rows, String weight, String bias, float epsilon) {
        graph.node(ONNX, "LayerNormalization", List.of(rows, weight, bias), List.of(normed), Map.of("axis", -1L, "epsilon", epsilon));
    }

    /** A constant number. */
    String number(float value) {
        String name = "number_" + value;
        if (numbers.add(name)) {
            ByteBuffer raw = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            graph.constant(name, type, type == Type.FLOAT16 ? raw.putShort(Fp16Conversions.floatToFp16(value)) : raw.putFloat(value));
        }
        return name;
    }

    private String node(String operator, String output, String... inputs) {
        return graph.node(ONNX, operator, output, inputs);
    }
}
