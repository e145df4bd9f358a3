package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.MICROSOFT;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.NONE;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The GPT-2 decoder of one level as an ONNX graph (notagen.md, section 1). What is special to a level, its embedding and
 * its head, is added by {@link PatchGraph} and {@link CharGraph}.
 *
 * <p>One graph serves all decodings. Its inputs say where the rows of a call begin: a whole context begins at 0, a step
 * behind what is cached. {@link CacheForm} tells how keys and values go in and out.
 *
 * <p>{@code SkipLayerNormalization} adds the bias of the linear layer before it and the residual stream, so a block with
 * {@code GroupQueryAttention} is eight nodes.
 */
public final class DecoderGraph {

    /** {@code [pieces, rows]}: the position of every row. */
    public static final String POSITIONS = "positions";
    /** {@code [pieces]}: position of the last row of each. */
    public static final String LAST_POSITION = "last_position";
    /** Scalar: cached rows and rows of this call, those of the piece that has most. */
    public static final String TOTAL = "total";

    /**
     * {@code [cached + rows]}: the position of every key, not for {@link CacheForm#SHARED}. A row sees the keys of positions up to
     * its own; a row in front, which nothing sees, is at {@link #NOWHERE}.
     */
    public static final String KEY_POSITIONS = "key_positions";
    /** Behind all positions. */
    public static final int NOWHERE = Integer.MAX_VALUE;

    /** {@code [rows, cached + rows]}: 0 where a row sees a key and minus infinity elsewhere. */
    private static final String MASK = "mask";

    private static final float EPSILON = 1e-5f;
    private static final String ROWS = "rows";

    private final GraphBuilder graph;
    private final ModelConfig config;
    private final int layers;
    private final GraphForm form;
    private final LinearNodes linear;
    private final PlainNodes plain;

    DecoderGraph(GraphBuilder graph, ModelConfig config, int layers, GraphForm form) {
        this.graph = graph;
        this.config = config;
        this.layers = layers;
        this.form = form;
        plain = new PlainNodes(graph, form.values());
        linear = new LinearNodes(graph, form, plain);
        inputs(graph, config, layers, form);
        outputs(graph, config, layers, form);
    }

    /** Adds the inputs that say where the rows of a call begin and what was cached; returns their names. */
    static List<String> inputs(GraphBuilder graph, ModelConfig config, int layers, GraphForm form) {
        List<String> names = new ArrayList<>();
        names.add(graph.input(POSITIONS, Type.INT32, form.pieces(), ROWS));
        if (form.caches() == CacheForm.SHARED) {
            names.add(graph.input(LAST_POSITION, Type.INT32, form.pieces()));
            names.add(graph.input(TOTAL, Type.INT32));
        } else {
            // The name is not that of the keys' own size: where ONNX Runtime can prove that a mask is as wide as the scores, it
            // makes their sum and Softmax one BiasSoftmax on cards, and the kernel of that needs cuDNN.
            names.add(graph.input(KEY_POSITIONS, Type.INT32, "positions_keys"));
        }
        for (int layer = 0; layer < layers; layer++) {
            for (String cache : List.of(pastKeys(layer), pastValues(layer))) {
                names.add(graph.input(cache, form.values(), shape(config, form, "cached")));
            }
        }
        return names;
    }

    /** Adds the outputs that are to be cached; returns their names. */
    static List<String> outputs(GraphBuilder graph, ModelConfig config, int layers, GraphForm form) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            names.addAll(List.of(presentKeys(layer), presentValues(layer)));
        }
        String positions = form.caches() == CacheForm.GROWN ? "positions_seen" : ROWS;
        names.forEach(cache -> graph.output(cache, form.values(), shape(config, form, positions)));
        return names;
    }

    /** Of keys or values; {@code positions} names how many there are, but not in {@link CacheForm#SHARED}. */
    private static Object[] shape(ModelConfig config, GraphForm form, String positions) {
        return form.caches() == CacheForm.SHARED ? new Object[] {form.pieces(), config.heads(), "room", HEAD_SIZE}
                : new Object[] {form.pieces(), positions, config.heads(), HEAD_SIZE};
    }

    public static String pastKeys(int layer) {
        return "past_keys_" + layer;
    }

    public static String pastValues(int layer) {
        return "past_values_" + layer;
    }

    public static String presentKeys(int layer) {
        return "present_keys_" + layer;
    }

    public static String presentValues(int layer) {
        return "present_values_" + layer;
    }

    /** Adds a weight as the checkpoint has it. */
    String weight(String name) {
        return weight(spec(name));
    }

    /** Adds the transpose of a weight. */
    String transposed(String name) {
        return graph.weight(PlainWeight.transposed(spec(name), form.values()));
    }

    private TensorSpec spec(String name) {
        return TensorSpec.all(config).stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow();
    }

    private String weight(TensorSpec spec) {
        return graph.weight(PlainWeight.of(spec, form.values()));
    }

    /**
     * Adds the blocks.
     *
     * @param embedded {@code [pieces, rows, H]}, without positions
     * @param table    name of the table of positions
     * @param blocks   the tensors of a block
     * @return the rows and what the last block is yet to add to them
     */
    Stream blocks(String embedded, String table, IntFunction<List<TensorSpec>> blocks) {
        String positions = graph.node(ONNX, "Gather", "position_rows", weight(table), POSITIONS);
        if (form.caches() != CacheForm.SHARED) {
            mask();
        }
        Stream stream = new Stream(embedded, positions, NONE);
        for (int layer = 0; layer < layers; layer++) {
            stream = block(layer, stream, blocks.apply(layer));
        }
        return stream;
    }

    /** Adds the mask of a call, once for all layers: on the device, since it is as large as rows times keys. */
    private void mask() {
        String rows = graph.node(ONNX, "Reshape", "row_positions", POSITIONS, graph.constant("column_shape", -1, 1));
        String sees = graph.node(ONNX, "LessOrEqual", "sees", KEY_POSITIONS, rows);
        graph.node(ONNX, "Where", MASK, sees, plain.number(0), plain.number(Float.NEGATIVE_INFINITY));
    }

    /** Adds the LayerNorm behind the blocks, whose output gets a name. */
    void finalNorm(String output, Stream stream, List<TensorSpec> tensors) {
        skipLayerNorm(stream, tensors, List.of(output));
    }

    /** Adds the logits of rows of the char level in fp32. The head is tied to the embedding. */
    void head(String output, String rows) {
        asFloats(output, product -> graph.node(ONNX, "MatMul", product, rows, transposed(TensorSpec.CHAR_EMBEDDING)));
    }

    /** Adds something that has an output in fp32. */
    void asFloats(String output, UnaryOperator<String> named) {
        if (form.values() == Type.FLOAT) {
            named.apply(output);
        } else {
            graph.cast(output, named.apply(output + ".values"), form.values(), Type.FLOAT);
        }
    }

    private Stream block(int layer, Stream stream, List<TensorSpec> tensors) {
        String name = "block_" + layer + ".";
        // q, k, v = c_attn(ln_1(x))
        Normed one = norm(name + "ln_1", stream, tensors.subList(0, 2));
        String product = linear.product(name + "qkv_product", one.normed(), tensors.get(2), ActivationRange.SYMMETRIC);
        String qkv = graph.node(ONNX, "Add", name + "qkv", product, weight(tensors.get(3)));
        // softmax(q k^T / 8) v
        String attention = form.caches() == CacheForm.SHARED ? sharedAttention(name, layer, qkv) : rowAttention(name, layer, qkv);
        // x = x + c_proj(attention)
        String projected = linear.product(name + "projected", attention, tensors.get(4), ActivationRange.SYMMETRIC);
        Stream middle = new Stream(projected, one.sum(), weight(tensors.get(5)));
        // x = x + c_proj(gelu(c_fc(ln_2(x))))
        Normed two = norm(name + "ln_2", middle, tensors.subList(6, 8));
        String wide = linear.product(name + "wide", two.normed(), tensors.get(8), ActivationRange.SYMMETRIC);
        String gelu = gelu(name + "gelu", wide, weight(tensors.get(9)));
        String narrow = linear.product(name + "narrow", gelu, tensors.get(10), ActivationRange.GELU);
        return new Stream(narrow, two.sum(), weight(tensors.get(11)));
    }

    private String sharedAttention(String name, int layer, String qkv) {
        String attention = name + "attention";
        graph.node(MICROSOFT, "GroupQueryAttention",
                List.of(qkv, NONE, NONE, pastKeys(layer), pastValues(layer), LAST_POSITION, TOTAL),
                List.of(attention, presentKeys(layer), presentValues(layer)),
                Map.of("num_heads", (long) config.heads(), "kv_num_heads", (long) config.heads()));
        return attention;
    }

    private String rowAttention(String name, int layer, String qkv) {
        // [pieces, rows, 3 heads, 64]: queries, keys and values of all heads, one after the other
        String split = graph.node(ONNX, "Reshape", name + "split_heads", qkv,
                graph.constant(name + "heads_shape", 0, 0, 3L * config.heads(), HEAD_SIZE));
        String queries = name + "queries";
        boolean grown = form.caches() == CacheForm.GROWN;
        String newKeys = grown ? name + "new_keys" : presentKeys(layer);
        String newValues = grown ? name + "new_values" : presentValues(layer);
        graph.node(ONNX, "Split", List.of(split), List.of(queries, newKeys, newValues), Map.of("axis", 2L, "num_outputs", 3L));
        String keys = behindPast(grown ? presentKeys(layer) : name + "keys", pastKeys(layer), newKeys);
        String values = headsFirst(behindPast(grown ? presentValues(layer) : name + "values", pastValues(layer), newValues));
        String scores = scores(name + "scores", headsFirst(queries), keys);
        String masked = graph.node(ONNX, "Add", name + "masked", scores, MASK);
        graph.node(ONNX, "Softmax", List.of(masked), List.of(name + "shares"), Map.of("axis", -1L));
        String mixed = headsFirst(graph.node(ONNX, "MatMul", name + "mixed", name + "shares", values));
        return graph.node(ONNX, "Reshape", name + "attention", mixed, graph.constant(name + "hidden_shape", 0, 0, config.hidden()));
    }

    /** Products of queries and keys, divided by the root of the size of a head. */
    private String scores(String scores, String queries, String keys) {
        float scale = (float) (1 / Math.sqrt(HEAD_SIZE));
        if (!form.plain()) {
            graph.node(MICROSOFT, "FusedMatMul", List.of(queries, headsFirst(keys)), List.of(scores),
                    Map.of("transB", 1L, "alpha", scale));
            return scores;
        }
        String columns = transposed(keys, 0, 2, 3, 1);
        String products = graph.node(ONNX, "MatMul", scores + ".products", queries, columns);
        return graph.node(ONNX, "Mul", scores, products, plain.number(scale));
    }

    private String behindPast(String name, String past, String rows) {
        graph.node(ONNX, "Concat", List.of(past, rows), List.of(name), Map.of("axis", 1L));
        return name;
    }

    /** Exchanges positions and heads, in either direction. */
    private String headsFirst(String tensor) {
        return transposed(tensor, 0, 2, 1, 3);
    }

    private String transposed(String tensor, long... dimensions) {
        String transposed = tensor + ".transposed_heads";
        graph.node(ONNX, "Transpose", List.of(tensor), List.of(transposed),
                Map.of("perm", Arrays.stream(dimensions).boxed().toList()));
        return transposed;
    }

    private String gelu(String gelu, String x, String bias) {
        return form.plain() ? plain.gelu(gelu, x, bias) : graph.node(MICROSOFT, "FastGelu", gelu, x, bias);
    }

    private Normed norm(String name, Stream stream, List<TensorSpec> tensors) {
        Normed normed = new Normed(name + ".normed", name + ".sum");
        skipLayerNorm(stream, tensors, List.of(normed.normed(), NONE, NONE, normed.sum()));
        return normed;
    }

    private void skipLayerNorm(Stream stream, List<TensorSpec> tensors, List<String> outputs) {
        if (form.plain()) {
            String sum = plain.sum(outputs.get(0) + ".added", stream, outputs.size() > 1 ? outputs.get(3) : outputs.get(0) + ".rows");
            plain.layerNorm(outputs.get(0), sum, weight(tensors.get(0)), weight(tensors.get(1)), EPSILON);
            return;
        }
        graph.node(MICROSOFT, "SkipLayerNormalization",
                List.of(stream.addend(), stream.residual(), weight(tensors.get(0)), weight(tensors.get(1)), stream.bias()),
                outputs, Map.of("epsilon", EPSILON));
    }

    /** The residual stream between two LayerNorms: {@code addend + bias + residual}, the bias perhaps left out. */
    record Stream(String addend, String residual, String bias) {
    }

    private record Normed(String normed, String sum) {
    }
}
