package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;

import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.sampling.SamplerSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * The draw of a character as nodes of an ONNX graph, in double precision (notagen.md, section 2). Characters are in
 * descending order of their ids: {@code TopK} ranks equal ones by their place, and of equal characters the one with the
 * larger id comes first. Factors that all probabilities share, and the sum of 1 + 128e-12 after each floor, cancel and are left
 * out. Every operator has a kernel for CUDA in these types.
 */
public final class DrawGraph {

    /** {@code [1]}, int64: number of characters that top-k keeps. */
    public static final String KEPT = "kept";
    /** {@code [1, 1, 128]}: for each character the weight of one that is not kept. */
    public static final String OTHERS = "others";
    /** Scalar: top-p keeps a rank if the sum of the ranks before it is at most this. */
    public static final String NUCLEUS = "nucleus";
    /** Scalar: the power by which temperature is applied. */
    public static final String POWER = "power";
    /** {@code [1, 1, kept]}: a lower bound of the first rank's power, so that it stays positive at a temperature next to 0. */
    private static final String LEAST = "least";

    private static final double FLOOR = 1e-12;
    /** Of a sum of probabilities. */
    private static final double ROUNDING = 1e-14;

    private final GraphBuilder graph;
    private final String floor;
    private final String zero;
    private final String last;

    /** @param graph what the nodes are added to */
    DrawGraph(GraphBuilder graph) {
        this.graph = graph;
        floor = doubles("floor", FLOOR);
        zero = doubles("zero", 0);
        last = graph.constant("last_axis", 2);
    }

    /** Adds what says how to draw to the graph that is called. */
    static void inputs(GraphBuilder graph) {
        graph.input(KEPT, Type.INT64, 1);
        graph.input(OTHERS, Type.DOUBLE, 1, 1, VOCABULARY);
        graph.input(NUCLEUS, Type.DOUBLE);
        graph.input(POWER, Type.DOUBLE);
        ByteBuffer least = ByteBuffer.allocate(VOCABULARY * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        least.putDouble(0, Double.MIN_VALUE);
        graph.node(ONNX, "Slice", LEAST, graph.constant("least_of_all", Type.DOUBLE, least, 1, 1, VOCABULARY),
                graph.constant("least_start", 0), KEPT, graph.constant("least_axis", 2));
    }

    /** Value of {@link #KEPT}. */
    public static long kept(SamplerSettings settings) {
        return settings.topK() > 0 ? Math.min(settings.topK(), VOCABULARY) : VOCABULARY;
    }

    /**
     * Whether the nucleus is among the characters that top-k keeps: a top-p next to 1 reaches those that are dropped, whose
     * ranks these nodes do not know.
     */
    public static boolean nucleusIsKept(SamplerSettings settings) {
        return nucleus(settings) == Double.POSITIVE_INFINITY || nucleus(settings) < 1 + kept(settings) * FLOOR - ROUNDING;
    }

    /** Value of {@link #OTHERS}: behind top-k alone a second floor comes on that of the first. */
    public static double other(SamplerSettings settings) {
        double floors = nucleus(settings) < Double.POSITIVE_INFINITY ? FLOOR : FLOOR / (1 + VOCABULARY * FLOOR) + FLOOR;
        return Math.pow(floors, power(settings));
    }

    /** Value of {@link #NUCLEUS}. */
    public static double nucleus(SamplerSettings settings) {
        return settings.topP() > 0 && settings.topP() < 1
                ? settings.topP() * (1 + VOCABULARY * FLOOR) : Double.POSITIVE_INFINITY;
    }

    /** Value of {@link #POWER}. */
    public static double power(SamplerSettings settings) {
        return 1 / settings.temperature();
    }

    /**
     * Adds the draw.
     *
     * @param logits  {@code [1, rows, 128]}, of which the last row is drawn from
     * @param uniform uniform random number, scalar
     * @return {@code [1, 1]}, int64: what {@link #id} makes an id of
     */
    String draw(String logits, String uniform) {
        // the last row, backwards
        String backwards = graph.node(ONNX, "Slice", "backwards", logits, graph.constant("slice_starts", -1, -1),
                graph.constant("slice_ends", Long.MAX_VALUE, Long.MIN_VALUE), graph.constant("slice_axes", 1, 2),
                graph.constant("slice_steps", 1, -1));
        node("Cast", "wide", Map.of("to", 11L), backwards);
        node("Softmax", "softmax", Map.of("axis", -1L), "wide");
        // NaN becomes 0
        String number = graph.node(ONNX, "GreaterOrEqual", "is_number", "softmax", zero);
        String probabilities = graph.node(ONNX, "Where", "probabilities", number, "softmax", zero);
        // top-k
        graph.node(ONNX, "TopK", List.of(graph.node(ONNX, "Add", "floored", probabilities, floor), KEPT), List.of("ranked", "order"),
                Map.of());
        String kept = normalised("top_k", "ranked");
        // top-p
        node("CumSum", "ranks_before", Map.of("exclusive", 1L), kept, last);
        String inside = graph.node(ONNX, "LessOrEqual", "in_nucleus", "ranks_before", NUCLEUS);
        String nucleus = normalised("top_p", graph.node(ONNX, "Where", "nucleus_ranks", inside, kept, zero));
        // temperature
        String powers = graph.node(ONNX, "Add", "powers", graph.node(ONNX, "Pow", "powers_alone", nucleus, POWER), LEAST);
        // the first id whose cumulative share is above the uniform number, and all behind it
        node("ScatterElements", "weights", Map.of("axis", 2L), OTHERS, "order", powers);
        node("CumSum", "cumulative", Map.of("reverse", 1L), "weights", last);
        node("Gather", "total_weight", Map.of("axis", 2L), "cumulative", graph.constant("first_place", 0));
        String shares = graph.node(ONNX, "Div", "shares", "cumulative", "total_weight");
        node("Cast", "above", Map.of("to", 7L), graph.node(ONNX, "Greater", "is_above", shares, uniform));
        node("ReduceSum", "count_above", Map.of("keepdims", 0L), "above", last);
        return "count_above";
    }

    /**
     * The id drawn.
     *
     * @param above number of ids whose cumulative share is above the uniform number: id 0 and all behind the one drawn
     */
    public static int id(int above) {
        return VOCABULARY - above;
    }

    /** Divided by their sum, and the floor added. */
    private String normalised(String name, String values) {
        String sum = graph.node(ONNX, "ReduceSum", name + ".sum", values, last);
        return graph.node(ONNX, "Add", name + ".floored", graph.node(ONNX, "Div", name + ".shares", values, sum), floor);
    }

    private void node(String operator, String output, Map<String, Long> attributes, String... inputs) {
        graph.node(ONNX, operator, List.of(inputs), List.of(output), attributes);
    }

    private String doubles(String name, double value) {
        return graph.constant(name, Type.DOUBLE,
                ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value));
    }
}
