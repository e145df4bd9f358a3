package io.notagenbench.engine.onnx;

import static io.notagenbench.engine.onnx.GraphBuilder.ONNX;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.onnx.GraphBuilder.Type;
import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The linear layers of a model in ONNX Runtime, by the nodes of {@link DecoderGraph}. */
final class OnnxLinearLayers implements LinearLayers {

    private static final String INPUT = "x";
    private static final String OUTPUT = "y";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int hidden;

    private OnnxLinearLayers(OrtEnvironment environment, OrtSession session, int hidden) {
        this.environment = environment;
        this.session = session;
        this.hidden = hidden;
    }

    static OnnxLinearLayers load(EngineSettings settings, Weights weights) throws OrtException {
        OrtEnvironment environment = OnnxEnvironment.get(settings.device());
        GraphForm form = GraphForm.of(Target.of(settings), settings.precision(), settings.caches());
        OrtSession session = OnnxModel.session(environment, settings, graph(weights.config(), form), weights, Optional.empty(),
                weights.config().rows());
        FreedMemory.giveBack();
        return new OnnxLinearLayers(environment, session, weights.config().hidden());
    }

    static GraphBuilder graph(ModelConfig config, GraphForm form) {
        GraphBuilder graph = new GraphBuilder("linear_layers");
        LinearNodes nodes = new LinearNodes(graph, form);
        String x = graph.cast("x_values", graph.input(INPUT, Type.FLOAT, "rows", config.hidden()), Type.FLOAT, form.values());
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
            x = graph.node(ONNX, "Add", output ? OUTPUT : block + "end", x, narrow);
        }
        graph.cast(OUTPUT, x, form.values(), Type.FLOAT);
        graph.output(OUTPUT, Type.FLOAT, "rows", config.hidden());
        return graph;
    }

    private static String linear(GraphBuilder graph, LinearNodes nodes, GraphForm form, String name, String x,
            List<TensorSpec> weightAndBias) {
        TensorSpec bias = weightAndBias.get(1);
        return graph.node(ONNX, "Add", name, nodes.product(name + ".product", x, weightAndBias.get(0)),
                graph.weight(PlainWeight.of(bias, form.values())));
    }

    @Override
    public void forward(float[] x, int rows, float[] y) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x, 0, rows * hidden),
                        new long[] {rows, hidden});
                OrtSession.Result result = session.run(Map.of(INPUT, input))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(y, 0, rows * hidden);
        } catch (OrtException e) {
            throw Fault.failed("ONNX Runtime failed on " + rows + " rows: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close its session", e);
        }
        FreedMemory.giveBack();
    }
}
