package io.notagenbench.engine.onnx.graph;

import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No node of the graphs for cards may land on the CPU. A provider takes a node if it has a kernel for its operator, its
 * version and its element types. What it decides by the values of attributes and the place of tensors is not checked here.
 */
class CudaKernelsTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 2, 128, 16);
    private static final KernelTable CUDA = KernelTable.load("/onnx/cuda-kernels.txt");

    /** Every graph that a model for a card can have, both levels and the char level of a whole patch, and those of its roofline. */
    static Stream<Arguments> graphsForCards() {
        return Stream.of(Precision.values()).filter(precision -> refusal(precision, Decoding.CACHED).isEmpty())
                .flatMap(precision -> Stream.of(CachePlacement.values()).map(place -> GraphForm.of(GraphTarget.CUDA, precision, place)))
                .flatMap(form -> Stream.of(
                        Arguments.of(form, "patch level", PatchGraph.build(CONFIG, form)),
                        Arguments.of(form, "char level", CharGraph.build(CONFIG, form)),
                        Arguments.of(form, "whole patch", PatchLoopGraph.build(CONFIG, form)),
                        Arguments.of(form, "linear layers", ProbeGraphs.linearLayers(CONFIG, form)),
                        Arguments.of(form, "operator chain", ProbeGraphs.chain(3))));
    }

    private static Optional<String> refusal(Precision precision, Decoding decoding) {
        return BackendProvider.of("onnx").refusal(new EngineSettings("onnx", Device.of("cuda"), precision, decoding, 1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("graphsForCards")
    void everyNodeHasAKernel(GraphForm form, String level, GraphBuilder graph) {
        assertThat(CUDA.missing(graph.model())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = {"FP32", "FP16", "INT8", "INT4"})
    void thesePrecisionsRunOnCards(Precision precision) {
        assertThat(refusal(precision, Decoding.CACHED)).isEmpty();
        assertThat(refusal(precision, Decoding.FUSED)).isEmpty();
        assertThat(refusal(precision, Decoding.SPECULATIVE)).isEmpty();
    }

    /** The table is for these versions alone. */
    @Test
    void theGraphsAreOfOpset18() {
        byte[] model = PatchGraph.build(CONFIG, GraphForm.of(GraphTarget.CUDA, Precision.FP32, CachePlacement.DEVICE)).model();
        assertThat(ReadGraph.opset(model, "")).isEqualTo(18);
        assertThat(ReadGraph.opset(model, "com.microsoft")).isEqualTo(1);
    }

    @Test
    void theGraphsForTheCpuAreNotForCards() {
        GraphForm form = GraphForm.of(GraphTarget.CPU, Precision.FP32, CachePlacement.DEVICE);
        String attention = "com.microsoft.GroupQueryAttention[float, float, float, int32, int32]";
        assertThat(CUDA.missing(PatchGraph.build(CONFIG, form).model())).containsExactly(attention);
        assertThat(CUDA.missing(PatchLoopGraph.build(CONFIG, form).model())).containsExactly(attention);
    }

    @Test
    void anOperatorOfATypeWithoutKernelIsFound() {
        GraphBuilder graph = new GraphBuilder("whole_numbers");
        graph.input("a", Type.INT32, 2, 2);
        graph.node(ONNX, "MatMul", "square", "a", "a");
        graph.node(ONNX, "Transpose", List.of("square"), List.of("turned"), Map.of("perm", List.of(1L, 0L)));
        graph.node(ONNX, "Softmax", "shares", "turned");
        graph.node(ONNX, "Multinomial", "drawn", "shares");
        graph.output("drawn", Type.INT32, 2, 2);
        assertThat(CUDA.missing(graph.model())).containsExactly("MatMul[int32, int32]", "Multinomial[int32]", "Softmax[int32]");
    }
}
