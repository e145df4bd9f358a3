package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.onnx.graph.CharGraph;
import io.notagenbench.engine.onnx.graph.GraphBuilder;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.engine.onnx.graph.KernelTable;
import io.notagenbench.engine.onnx.graph.PatchGraph;
import io.notagenbench.engine.onnx.graph.PatchLoopGraph;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The graphs for TensorRT: run on the CPU they are the model, and TensorRT knows every operator of them. */
class TensorRtGraphsTest extends EngineContract {

    private static final ModelConfig CONFIG = new ModelConfig(2, 2, 128, 16);
    private static final KernelTable TENSORRT = KernelTable.load("/onnx/tensorrt-operators.txt");

    TensorRtGraphsTest() {
        super(new CardGraphs(ExecutionProvider.TENSORRT), Decoding.CACHED, false);
    }

    static Stream<Arguments> graphs() {
        return Stream.of(Precision.FP32, Precision.FP16)
                .flatMap(precision -> Stream.of(CachePlacement.values()).map(place -> GraphForm.of(GraphTarget.TENSORRT, precision, place)))
                .flatMap(form -> Stream.of(Arguments.of(form, PatchGraph.build(CONFIG, form)), Arguments.of(form, CharGraph.build(CONFIG, form))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void everyOperatorIsKnown(GraphForm form, GraphBuilder graph) {
        assertThat(TENSORRT.missing(graph.model())).isEmpty();
    }

    @Test
    void theGraphsForOnnxRuntimesOwnKernelsAreNotForTensorRt() {
        GraphForm form = GraphForm.of(GraphTarget.CUDA, Precision.FP32, CachePlacement.DEVICE);
        assertThat(TENSORRT.missing(CharGraph.build(CONFIG, form).model()))
                .allMatch(operator -> operator.startsWith("com.microsoft.")).hasSize(4);
        assertThat(TENSORRT.missing(PatchLoopGraph.build(CONFIG, form).model()))
                .anyMatch(operator -> operator.startsWith("Loop")).anyMatch(operator -> operator.contains("double"));
    }

    /** The engine of a level must be for every call that a session makes of it. */
    @Test
    void anEngineIsForAllSizesThatAreMet() {
        TensorRtSizes chars = new TensorRtSizes(CharGraph.build(CONFIG, GraphForm.of(GraphTarget.TENSORRT, Precision.FP32, CachePlacement.DEVICE)).inputs(), PATCH_SIZE);
        assertThat(chars.least()).startsWith("chars:1x1,positions:1x1,key_positions:2,past_keys_0:1x1x2x64,past_values_0:1x1x2x64")
                .doesNotContain("first:");
        assertThat(chars.usual()).startsWith("chars:1x1,positions:1x1,key_positions:9,past_keys_0:1x8x2x64");
        assertThat(chars.most()).startsWith("chars:1x16,positions:1x16,key_positions:17,past_keys_0:1x16x2x64");
        TensorRtSizes patches = new TensorRtSizes(PatchGraph.build(CONFIG, GraphForm.of(GraphTarget.TENSORRT, Precision.FP16, CachePlacement.DEVICE)).inputs(), 64);
        assertThat(patches.least()).startsWith("columns:1x1x16,positions:1x1,key_positions:2,past_keys_0:1x1x2x64");
        assertThat(patches.most()).startsWith("columns:1x64x16,positions:1x64,key_positions:65,past_keys_0:1x64x2x64");
    }
}
