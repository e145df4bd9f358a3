package io.notagenbench.engine.onnx;

import static io.notagenbench.engine.onnx.graph.GraphBuilder.ONNX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.DeviceTensors;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.onnx.graph.GraphBuilder;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tensors made through ONNX Runtime's C API, in the memory of its CPU provider: what a card's are but for the name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceTensorsTest {

    private OrtEnvironment environment;
    private OrtSession session;

    @BeforeAll
    void open() throws OrtException {
        environment = OnnxEnvironment.get(Device.CPU);
        GraphBuilder graph = new GraphBuilder("behind_the_past");
        graph.input("past", Type.FLOAT, "cached", 2);
        graph.input("rows", Type.FLOAT, "rows", 2);
        graph.node(ONNX, "Concat", List.of("past", "rows"), List.of("present"), Map.of("axis", 0L));
        graph.output("present", Type.FLOAT, "seen", 2);
        session = environment.createSession(graph.model(), new OrtSession.SessionOptions());
    }

    @AfterAll
    void close() throws OrtException {
        session.close();
    }

    @Test
    void aCallReadsOneBlockAndWritesAnother() throws OrtException {
        try (DeviceTensors memory = new DeviceTensors(session, DeviceTensors.MAIN_MEMORY, 0)) {
            DeviceTensors.Block[] blocks = {memory.allocate(64), memory.allocate(64)};
            for (int rows = 0; rows < 8; rows++) {
                try (OnnxTensor past = memory.tensor(blocks[rows % 2], OnnxJavaType.FLOAT, rows, 2);
                        OnnxTensor present = memory.tensor(blocks[1 - rows % 2], OnnxJavaType.FLOAT, rows + 1, 2);
                        OnnxTensor row = OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {rows, -rows}), new long[] {1, 2})) {
                    session.run(Map.of("past", past, "rows", row), Set.of(), Map.of("present", present)).close();
                    float[] seen = new float[2 * rows + 2];
                    present.getFloatBuffer().get(seen);
                    for (int i = 0; i <= rows; i++) {
                        assertThat(seen[2 * i]).isEqualTo(i);
                        assertThat(seen[2 * i + 1]).isEqualTo(-i);
                    }
                }
            }
        }
    }

    @Test
    void aTensorLargerThanItsBlockIsRefused() throws OrtException {
        try (DeviceTensors memory = new DeviceTensors(session, DeviceTensors.MAIN_MEMORY, 0)) {
            DeviceTensors.Block block = memory.allocate(64);
            memory.tensor(block, OnnxJavaType.FLOAT16, 4, 8).close();
            assertThatThrownBy(() -> memory.tensor(block, OnnxJavaType.FLOAT, 4, 8)).isInstanceOf(OrtException.class)
                    .hasMessageContaining("128 bytes do not fit into a block of 64");
        }
    }

    @Test
    void aSessionOnTheCpuHasNoMemoryOfACard() {
        assertThatThrownBy(() -> new DeviceTensors(session, DeviceTensors.CARD, 0)).isInstanceOf(OrtException.class)
                .hasMessageContaining("allocator");
    }
}
