package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class OneRuntimeTest {

    /** With the jar for the CPU and that for CUDA together, the library of the one would meet the provider of the other. */
    @Test
    void thereIsOneOnnxRuntimeOnTheClassPath() throws IOException {
        assertThat(Collections.list(getClass().getClassLoader().getResources("ai/onnxruntime/OrtEnvironment.class"))).hasSize(1);
    }
}
