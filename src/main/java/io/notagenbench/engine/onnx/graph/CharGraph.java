package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.onnx.graph.DecoderGraph.Stream;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The char-level decoder as an ONNX graph. */
public final class CharGraph {

    /**
     * {@code [pieces, 1, H]}, the hidden state of the newest patch, or {@code [pieces, 0, H]} where position 0 is cached; always there
     * where there are no sizes of 0.
     */
    public static final String FIRST = "first";
    /** {@code [pieces, rows - 1]} or {@code [pieces, rows]}: the characters of the other rows; where there are no sizes of 0, of all. */
    public static final String CHARS = "chars";
    /** {@code [pieces, rows, 128]}. */
    public static final String LOGITS = "logits";

    private CharGraph() {
    }

    public static GraphBuilder build(ModelConfig config, GraphForm form) {
        GraphBuilder graph = new GraphBuilder("char_level_decoder");
        graph.input(FIRST, Type.FLOAT, form.pieces(), form.plain() ? 1 : "first_rows", config.hidden());
        graph.input(CHARS, Type.INT32, form.pieces(), form.plain() ? "rows" : "char_rows");
        DecoderGraph decoder = new DecoderGraph(graph, config, config.charLayers(), form);
        String chars = graph.node(ONNX, "Gather", "char_embedding", decoder.weight(TensorSpec.CHAR_EMBEDDING), CHARS);
        String first = graph.cast("first_values", FIRST, Type.FLOAT, form.values());
        if (form.plain()) {
            String isFirst = graph.node(ONNX, "Equal", "is_first", DecoderGraph.POSITIONS,
                    graph.constant("first_position", Type.INT32, ByteBuffer.allocate(Integer.BYTES)));
            String chosen = graph.node(ONNX, "Unsqueeze", "is_first_row", isFirst, graph.constant("last_axis", -1));
            graph.node(ONNX, "Where", "embedded", chosen, first, chars);
        } else {
            graph.node(ONNX, "Concat", List.of(first, chars), List.of("embedded"), Map.of("axis", 1L));
        }
        Stream rows = decoder.blocks("embedded", TensorSpec.CHAR_POSITIONS, layer -> TensorSpec.charBlock(config, layer));
        decoder.finalNorm("final_rows", rows, TensorSpec.charFinalNorm(config));
        decoder.head(LOGITS, "final_rows");
        graph.output(LOGITS, Type.FLOAT, form.pieces(), "rows", VOCABULARY);
        return graph;
    }
}
