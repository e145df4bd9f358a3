package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.Precision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No node of the graphs for cards may land on the CPU. A provider takes a node if it has a kernel for its operator, its
 * version and its element type; what the CUDA provider has stands in docs/OperatorKernels.md of ONNX Runtime.
 */
class CudaKernelsTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 2, 128, 16);

    /**
     * The operators that a draw has beside those, with a kernel in fp64 ({@code Add}, {@code ReduceSum} and {@code Softmax}
     * have one, too), or for loops.
     */
    private static final Map<String, int[]> DRAW = Map.ofEntries(
            Map.entry("Cast", new int[] {13, 18}),
            Map.entry("CumSum", new int[] {14, Integer.MAX_VALUE}),
            Map.entry("Div", new int[] {14, Integer.MAX_VALUE}),
            Map.entry("Greater", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("GreaterOrEqual", new int[] {16, Integer.MAX_VALUE}),
            Map.entry("LessOrEqual", new int[] {16, Integer.MAX_VALUE}),
            Map.entry("Loop", new int[] {13, 18}),
            Map.entry("Pow", new int[] {15, Integer.MAX_VALUE}),
            Map.entry("ScatterElements", new int[] {18, Integer.MAX_VALUE}),
            Map.entry("Slice", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("TopK", new int[] {11, 23}),
            Map.entry("Unsqueeze", new int[] {13, 20}),
            Map.entry("Where", new int[] {16, Integer.MAX_VALUE}));

    /** The versions, first and last, for which the CUDA provider has a kernel in fp32 (and int32 or int64 indices). */
    private static final Map<String, int[]> FP32 = Map.ofEntries(
            Map.entry("Add", new int[] {14, Integer.MAX_VALUE}),
            Map.entry("Concat", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("Gather", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("MatMul", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("ReduceSum", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("Reshape", new int[] {14, 18}),
            Map.entry("Softmax", new int[] {13, Integer.MAX_VALUE}),
            Map.entry("Split", new int[] {18, Integer.MAX_VALUE}),
            Map.entry("Transpose", new int[] {13, 20}),
            Map.entry("com.microsoft.FastGelu", new int[] {1, Integer.MAX_VALUE}),
            Map.entry("com.microsoft.FusedMatMul", new int[] {1, Integer.MAX_VALUE}),
            Map.entry("com.microsoft.SkipLayerNormalization", new int[] {1, Integer.MAX_VALUE}));

    /** The fields of one protobuf message: number and bytes of those that are length-delimited, or a number. */
    private record Field(int number, byte[] bytes, long value) {

        static List<Field> of(byte[] message) {
            List<Field> fields = new ArrayList<>();
            ByteBuffer in = ByteBuffer.wrap(message);
            while (in.hasRemaining()) {
                long key = varint(in);
                int kind = (int) (key & 7);
                byte[] bytes = new byte[kind == 2 ? (int) varint(in) : kind == 5 ? Float.BYTES : 0];
                long value = kind == 0 ? varint(in) : 0;
                in.get(bytes);
                fields.add(new Field((int) (key >> 3), bytes, value));
            }
            return fields;
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        static Stream<byte[]> all(byte[] message, int number) {
            return of(message).stream().filter(field -> field.number == number).map(Field::bytes);
        }

        static String text(byte[] message, int number) {
            return all(message, number).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).findFirst().orElse("");
        }
    }

    /** Operators of a model with their domains, and which of them have no kernel. */
    private static Set<String> withoutKernel(byte[] model) {
        Map<String, Long> opsets = new HashMap<>();
        Field.all(model, 8).forEach(opset -> opsets.put(Field.text(opset, 1),
                Field.of(opset).stream().filter(field -> field.number == 2).findFirst().orElseThrow().value()));
        Set<String> missing = new TreeSet<>();
        Field.all(model, 7).flatMap(CudaKernelsTest::nodes).forEach(node -> {
            String domain = Field.text(node, 7);
            String operator = (domain.isEmpty() ? "" : domain + ".") + Field.text(node, 4);
            int[] versions = FP32.getOrDefault(operator, DRAW.get(operator));
            long version = opsets.get(domain);
            if (versions == null || version < versions[0] || version > versions[1]) {
                missing.add(operator);
            }
        });
        return missing;
    }

    /** The nodes of a graph and of the graphs that are their attributes. */
    private static Stream<byte[]> nodes(byte[] graph) {
        return Field.all(graph, 1).flatMap(node -> Stream.concat(Stream.of(node),
                Field.all(node, 5).flatMap(attribute -> Field.all(attribute, 6)).flatMap(CudaKernelsTest::nodes)));
    }

    static Stream<GraphBuilder> graphsForCards() {
        return Stream.of(PatchGraph.build(CONFIG, CacheForm.ROWS, Precision.FP32), CharGraph.build(CONFIG, CacheForm.ROWS, Precision.FP32),
                PatchLoopGraph.build(CONFIG, CacheForm.ROWS, Precision.FP32));
    }

    @ParameterizedTest
    @MethodSource("graphsForCards")
    void everyNodeHasAnFp32Kernel(GraphBuilder graph) {
        assertThat(withoutKernel(graph.model())).isEmpty();
    }

    @Test
    void theGraphForTheCpuIsNotForCards() {
        assertThat(withoutKernel(PatchGraph.build(CONFIG, CacheForm.SHARED, Precision.FP32).model()))
                .containsExactly("com.microsoft.GroupQueryAttention");
    }

    @Test
    void onlyAttentionKeepsTheCpusWholePatchFromCards() {
        assertThat(withoutKernel(PatchLoopGraph.build(CONFIG, CacheForm.SHARED, Precision.FP32).model())).containsExactly("com.microsoft.GroupQueryAttention");
    }
}
