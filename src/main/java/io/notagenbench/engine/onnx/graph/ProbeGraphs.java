package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.util.List;
import java.util.Map;

/** The graphs of the roofline's probes: parts of a model, each alone. */
public final class ProbeGraphs {

    /** Input of {@link #linearLayers} ({@code [rows, H]}) and of {@link #sum} ({@code [elements]}). */
    public static final String X = "x";
    /** Output of {@link #linearLayers}: {@code [rows, H]}. */
    public static final String Y = "y";
    /** Output of {@link #sum}: a scalar. */
    public static final String SUM = "sum";
    /** First input of {@link #chain}: {@code [1]}. */
    public static final String START = "start";
    /** Second input of {@link #chain}: {@code [1]}. */
    public static final String STEP = "step";

    private ProbeGraphs() {
    }

    /** The linear layers of the patch level, with the nodes that {@link DecoderGraph} has for them. */
    public static GraphBuilder linearLayers(ModelConfig config, GraphForm form) {
        GraphBuilder graph = new GraphBuilder("linear_layers");
        LinearNodes nodes = new LinearNodes(graph, form, new PlainNodes(graph, form.values()));
        String x = graph.cast("x_values", graph.input(X, Type.FLOAT, "rows", config.hidden()), Type.FLOAT, form.values());
        for (int layer = 0; layer < config.patchLayers(); layer++) {
            String block = "block_" + layer + ".";
            List<TensorSpec> tensors = TensorSpec.patchBlock(config, layer);
            String qkv = linear(graph, nodes, form, block + "qkv", x, tensors.subList(2, 4));
            List<String> thirds = List.of(block + "q", block + "k", block + "v");
            graph.node(ONNX, "Split", List.of(qkv), thirds, Map.of("axis", 1L, "num_outputs", 3L));
            String sum = graph.node(ONNX, "Sum", block + "sum", thirds.toArray(String[]::new));
            String projected = linear(graph, nodes, form, block + "projected", sum, tensors.subList(4, 6));
            x = graph.node(ONNX, "Add", block + "middle", x, projected);
            String wide = linear(graph, nodes, form, block + "wide", x, tensors.subList(8, 10));
            String narrow = linear(graph, nodes, form, block + "narrow", wide, tensors.subList(10, 12));
            boolean output = layer == config.patchLayers() - 1 && form.values() == Type.FLOAT;
            x = graph.node(ONNX, "Add", output ? Y : block + "end", x, narrow);
        }
        graph.cast(Y, x, form.values(), Type.FLOAT);
        graph.output(Y, Type.FLOAT, "rows", config.hidden());
        return graph;
    }

    private static String linear(GraphBuilder graph, LinearNodes nodes, GraphForm form, String name, String x,
            List<TensorSpec> weightAndBias) {
        TensorSpec bias = weightAndBias.get(1);
        return graph.node(ONNX, "Add", name, nodes.product(name + ".product", x, weightAndBias.get(0), ActivationRange.SYMMETRIC),
                graph.weight(PlainWeight.of(bias, form.values())));
    }

    /** {@code Add} nodes, each of which adds {@link #STEP} to the sum so far. As a constant it could be folded away. */
    public static GraphBuilder chain(int operators) {
        GraphBuilder graph = new GraphBuilder("operator_chain");
        String sum = graph.input(START, Type.FLOAT, 1);
        String step = graph.input(STEP, Type.FLOAT, 1);
        for (int operator = 1; operator <= operators; operator++) {
            sum = graph.node(ONNX, "Add", operator == operators ? "end" : "sum_" + operator, sum, step);
        }
        graph.output("end", Type.FLOAT, 1);
        return graph;
    }

    /** Adds up all elements of a vector. */
    public static GraphBuilder sum() {
        GraphBuilder graph = new GraphBuilder("read_buffer");
        graph.input(X, Type.FLOAT, "elements");
        graph.node(ONNX, "ReduceSum", List.of(X), List.of(SUM), Map.of("keepdims", 0L));
        graph.output(SUM, Type.FLOAT);
        return graph;
    }
}
