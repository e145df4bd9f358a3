package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.onnx.graph.CacheForm;
import io.notagenbench.engine.onnx.graph.CharGraph;
import io.notagenbench.engine.onnx.graph.GraphBuilder;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.engine.onnx.graph.GraphTensor;
import io.notagenbench.engine.onnx.graph.GraphWeight;
import io.notagenbench.engine.onnx.graph.KernelTable;
import io.notagenbench.engine.onnx.graph.PatchGraph;
import io.notagenbench.engine.onnx.graph.PatchLoopGraph;
import io.notagenbench.engine.onnx.graph.SoftmaxSums;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ONNX Runtime's own inference of sizes and its own optimiser make of the graphs for cards. In fp32: the names of sizes
 * are those of every precision.
 */
class CardFusionsTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 2, 128, 16);
    private static final KernelTable CUDA = KernelTable.load("/onnx/cuda-kernels.txt");
    private static final OrtEnvironment ENVIRONMENT = OnnxEnvironment.get(Device.CPU);

    @TempDir
    Path folder;

    static Stream<Arguments> graphs() {
        return Stream.of(CachePlacement.values()).map(place -> GraphForm.of(GraphTarget.CUDA, Precision.FP32, place))
                .flatMap(form -> Stream.of(Arguments.of(form, "patch level", PatchGraph.build(CONFIG, form)),
                        Arguments.of(form, "char level", CharGraph.build(CONFIG, form)),
                        Arguments.of(form, "whole patch", PatchLoopGraph.build(CONFIG, form))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("graphs")
    void noMaskCanBeProvedToBeAsWideAsTheScores(GraphForm form, String level, GraphBuilder graph) throws OrtException {
        for (byte[] model : withBody(graph.model())) {
            assertThat(equallyWide(model, graph)).isEmpty();
        }
    }

    /** The names of their widths alone keep a mask and the scores apart: of one name both are proved to be equally wide. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("graphs")
    void aMaskOfTheScoresOwnWidthIsFound(GraphForm form, String level, GraphBuilder graph) throws OrtException {
        if (form.caches() == CacheForm.GROWN) {
            byte[] alike = new String(graph.model(), StandardCharsets.ISO_8859_1).replace("positions_keys", "positions_seen")
                    .getBytes(StandardCharsets.ISO_8859_1);
            List<byte[]> models = withBody(alike);
            assertThat(equallyWide(models.get(models.size() - 1), graph)).as("a mask in each layer").hasSize(2);
        }
    }

    private static List<byte[]> withBody(byte[] model) {
        return Stream.concat(Stream.of(model), SoftmaxSums.body(model).stream()).toList();
    }

    /** The sums in front of a Softmax whose addends ONNX Runtime infers to be equally wide. */
    private static List<SoftmaxSums> equallyWide(byte[] model, GraphBuilder graph) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.addExternalInitializers(zeros(graph));
            try (OrtSession session = ENVIRONMENT.createSession(SoftmaxSums.told(model), options)) {
                Map<String, NodeInfo> values = session.getOutputInfo();
                return SoftmaxSums.of(model).stream().filter(sum -> !width(values.get(sum.one())).isEmpty()
                        && width(values.get(sum.one())).equals(width(values.get(sum.other())))).toList();
            }
        }
    }

    /** The last of its sizes, over which Softmax goes: a number or a name; empty where ONNX Runtime knows neither. */
    private static String width(NodeInfo value) {
        TensorInfo tensor = (TensorInfo) value.getInfo();
        int last = tensor.getShape().length - 1;
        return tensor.getShape()[last] >= 0 ? Long.toString(tensor.getShape()[last]) : tensor.getDimensionNames()[last];
    }

    /** What the CPU fuses as well; of fp16 it has few kernels, and other nodes come around those. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("graphs")
    void whatTheOptimiserFusesHasAKernelForCards(GraphForm form, String level, GraphBuilder graph) throws Exception {
        assertThat(CUDA.missing(optimised(graph))).isEmpty();
    }

    private byte[] optimised(GraphBuilder graph) throws OrtException, IOException {
        Path file = folder.resolve("optimised.onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
            options.setOptimizedModelFilePath(file.toString());
            options.addExternalInitializers(zeros(graph));
            ENVIRONMENT.createSession(graph.model(), options).close();
        }
        return Files.readAllBytes(file);
    }

    private static Map<String, OnnxTensorLike> zeros(GraphBuilder graph) throws OrtException {
        Map<String, OnnxTensorLike> weights = new HashMap<>();
        for (GraphWeight weight : graph.weightsInMemory(Optional.empty())) {
            for (GraphTensor tensor : weight.tensors()) {
                ByteBuffer zeros = ByteBuffer.allocateDirect(Math.toIntExact(tensor.bytes())).order(ByteOrder.nativeOrder());
                weights.put(tensor.name(), OnnxTensor.createTensor(ENVIRONMENT, zeros, tensor.shape(), tensor.type().java()));
            }
        }
        return weights;
    }
}
