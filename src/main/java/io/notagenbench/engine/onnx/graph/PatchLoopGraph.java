package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.NONE;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.onnx.graph.DecoderGraph.Stream;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The char-level decoder as a {@code Loop}: a step runs the rows that it is given, draws a character and hands it to the
 * next, until one is EOS or there are enough. Its inputs and outputs are those of {@link CharGraph} and its own, and one
 * step is a call of that. What goes from step to step, keys and values among it, stays inside ONNX Runtime.
 */
public final class PatchLoopGraph {

    /** Scalar, int64: the most steps. */
    public static final String STEPS = "steps";
    /** {@code [16]}: the uniform number of each step. */
    public static final String UNIFORMS = "uniforms";
    /** {@code [16, 129]}, int64: for each step and each of its draws ({@link DrawGraph#id}) the id that is decided. */
    public static final String DECIDED = "decided";
    /** {@code [1, 1, 128]}: anything; the logits of the step before the first. */
    public static final String NO_LOGITS = "no_logits";
    /** {@code [steps run, 1, 1]}, int64: the draws, see {@link DrawGraph#id}. */
    public static final String DRAWN = "drawn";

    private final ModelConfig config;
    private final GraphForm form;
    private final GraphBuilder graph = new GraphBuilder("char_level_decoder");
    private final GraphBuilder body = graph.body("step");

    private PatchLoopGraph(ModelConfig config, GraphForm form) {
        this.config = config;
        this.form = form;
    }

    /** @param form of the graph whose call one step is */
    public static GraphBuilder build(ModelConfig config, GraphForm form) {
        PatchLoopGraph loop = new PatchLoopGraph(config, form.inLoop());
        loop.add();
        return loop.graph;
    }

    private void add() {
        graph.input(STEPS, Type.INT64);
        graph.input(UNIFORMS, Type.DOUBLE, PATCH_SIZE);
        graph.input(DECIDED, Type.INT64, PATCH_SIZE, VOCABULARY + 1);
        DrawGraph.inputs(graph);
        graph.input(CharGraph.FIRST, Type.FLOAT, 1, "first_rows", config.hidden());
        graph.input(CharGraph.CHARS, Type.INT32, 1, "char_rows");
        graph.input(NO_LOGITS, Type.FLOAT, 1, 1, VOCABULARY);
        // what goes from step to step, in the order in which the body declares it
        List<String> before = new ArrayList<>(List.of(STEPS, NONE));
        before.addAll(DecoderGraph.inputs(graph, config, config.charLayers(), form));
        List<String> after = new ArrayList<>(form.caches() == CacheForm.SHARED
                ? List.of("positions_behind", "last_position_behind", "total_behind") : List.of("positions_behind", "key_positions_behind"));
        after.addAll(DecoderGraph.outputs(graph, config, config.charLayers(), form));
        String embedding = step();
        String chars = graph.node(ONNX, "Gather", "char_embedding", embedding, CharGraph.CHARS);
        String first = graph.cast("first_values", CharGraph.FIRST, Type.FLOAT, form.values());
        graph.node(ONNX, "Concat", List.of(first, chars), List.of("embedded"), Map.of("axis", 1L));
        before.addAll(List.of("embedded", NO_LOGITS));
        after.addAll(List.of("embedded_behind", CharGraph.LOGITS, DRAWN));
        graph.node(ONNX, "Loop", before, after, Map.of("body", body));
        graph.output(CharGraph.LOGITS, Type.FLOAT, 1, "rows", VOCABULARY);
        graph.output(DRAWN, Type.INT64, "steps_run", 1, 1);
    }

    /** Adds the body; returns the weight of the embedding. */
    private String step() {
        body.input("number", Type.INT64);
        body.input("goes_on", Type.BOOL);
        body.output("goes_on_after", Type.BOOL, 1, 1);
        body.output("next_positions", Type.INT32, 1, 1);
        if (form.caches() == CacheForm.SHARED) {
            body.output("next_last_position", Type.INT32, 1);
            body.output("next_total", Type.INT32);
        } else {
            body.output("next_key_positions", Type.INT32, "positions_keys_next");
        }
        DecoderGraph decoder = new DecoderGraph(body, config, config.charLayers(), form);
        body.input("embedded", form.values(), 1, "rows", config.hidden());
        body.input("logits_before", Type.FLOAT, 1, "rows_before", VOCABULARY);
        body.output("next_embedded", form.values(), 1, 1, config.hidden());
        body.output(CharGraph.LOGITS, Type.FLOAT, 1, "rows", VOCABULARY);

        Stream rows = decoder.blocks("embedded", TensorSpec.CHAR_POSITIONS, layer -> TensorSpec.charBlock(config, layer));
        decoder.finalNorm("final_rows", rows, TensorSpec.charFinalNorm(config));
        decoder.head(CharGraph.LOGITS, "final_rows");

        String uniform = body.node(ONNX, "Gather", "uniform", UNIFORMS, "number");
        String drawn = new DrawGraph(body).draw(CharGraph.LOGITS, uniform);
        body.output(drawn, Type.INT64, 1, 1);
        String decisions = body.node(ONNX, "Gather", "decisions", DECIDED, "number");
        String id = body.node(ONNX, "Gather", "id", decisions, drawn);
        body.node(ONNX, "Gather", "goes_on_after", goesOn(), id);

        String embedding = decoder.weight(TensorSpec.CHAR_EMBEDDING);
        body.node(ONNX, "Gather", "next_embedded", embedding, id);
        nextRow();
        return embedding;
    }

    /** Adds the position of the next step's row: one further. */
    private void nextRow() {
        String one = scalar("one", Type.INT32, 1);
        if (form.caches() == CacheForm.SHARED) {
            body.node(ONNX, "Add", "next_last_position", DecoderGraph.LAST_POSITION, one);
            body.node(ONNX, "Add", "next_total", DecoderGraph.TOTAL, one);
            body.node(ONNX, "Unsqueeze", "next_positions", "next_last_position", body.constant("row_axis", 0));
            return;
        }
        String last = body.constant("last", -1);
        body.node(ONNX, "Gather", List.of(DecoderGraph.POSITIONS, last), List.of("last_position"), Map.of("axis", 1L));
        body.node(ONNX, "Add", "next_positions", "last_position", one);
        String next = body.node(ONNX, "Reshape", "next_key", "next_positions", body.constant("list_shape", -1));
        body.node(ONNX, "Concat", List.of(DecoderGraph.KEY_POSITIONS, next), List.of("next_key_positions"), Map.of("axis", 0L));
    }

    /** For each id whether another character follows it. */
    private String goesOn() {
        byte[] follows = new byte[VOCABULARY];
        Arrays.fill(follows, (byte) 1);
        follows[EOS] = 0;
        return body.constant("follows", Type.BOOL, ByteBuffer.wrap(follows), VOCABULARY);
    }

    private String scalar(String name, Type type, int value) {
        ByteBuffer raw = ByteBuffer.allocate(type == Type.INT64 ? Long.BYTES : Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return body.constant(name, type, type == Type.INT64 ? raw.putLong(value) : raw.putInt(value));
    }
}
