package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.onnx.graph.DecoderGraph.Stream;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.util.List;
import java.util.Map;

/** The patch-level decoder as an ONNX graph. */
public final class PatchGraph {

    /** {@code [pieces, rows, 16]}: for character j of a patch, {@code 128 j + id}. */
    public static final String COLUMNS = "columns";
    /** {@code [pieces, 1, H]}: the hidden state of the last row of each, after the final LayerNorm. */
    public static final String HIDDEN = "hidden";
    /** {@code [pieces, rows, H]}: those of all rows. */
    public static final String HIDDEN_ROWS = "hidden_rows";

    private PatchGraph() {
    }

    public static GraphBuilder build(ModelConfig config, GraphForm form) {
        GraphBuilder graph = new GraphBuilder("patch_level_decoder");
        graph.input(COLUMNS, Type.INT32, form.pieces(), "rows", PATCH_SIZE);
        DecoderGraph decoder = new DecoderGraph(graph, config, config.patchLayers(), form);
        // a linear layer over one-hot characters is the sum of the columns that they choose, and its bias
        String chosen = graph.node(ONNX, "Gather", "chosen_columns", decoder.transposed(TensorSpec.PATCH_EMBEDDING), COLUMNS);
        graph.node(ONNX, "ReduceSum", List.of(chosen, graph.constant("each_patch", 2)), List.of("column_sum"),
                Map.of("keepdims", 0L));
        String embedded = graph.node(ONNX, "Add", "embedded", "column_sum", decoder.weight(TensorSpec.PATCH_EMBEDDING_BIAS));
        Stream rows = decoder.blocks(embedded, TensorSpec.PATCH_POSITIONS, layer -> TensorSpec.patchBlock(config, layer));
        decoder.asFloats(HIDDEN_ROWS, normed -> {
            decoder.finalNorm(normed, rows, TensorSpec.patchFinalNorm(config));
            return normed;
        });
        graph.output(HIDDEN_ROWS, Type.FLOAT, form.pieces(), "rows", config.hidden());
        graph.node(ONNX, "Gather", List.of(HIDDEN_ROWS, graph.constant("newest", -1)), List.of(HIDDEN), Map.of("axis", 1L));
        graph.output(HIDDEN, Type.FLOAT, form.pieces(), 1, config.hidden());
        return graph;
    }

    /** Of the embedding table, for the character {@code id} at place {@code slot} of a patch. */
    public static int column(int slot, int id) {
        return VOCABULARY * slot + id;
    }
}
