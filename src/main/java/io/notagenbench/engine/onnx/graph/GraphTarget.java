package io.notagenbench.engine.onnx.graph;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.ExecutionProvider;

/** The execution provider of ONNX Runtime that a graph is built for. Whichever runs it computes the same. */
public enum GraphTarget {
    /** The CPU's. */
    CPU,
    /** That of NVIDIA's cards. */
    CUDA,
    /** TensorRT, which knows ONNX's own operators alone and makes an engine for ranges of sizes from 1 on. */
    TENSORRT;

    public static GraphTarget of(EngineSettings settings) {
        if (settings.device().kind() == Device.Kind.CPU) {
            return CPU;
        }
        return settings.provider() == ExecutionProvider.TENSORRT ? TENSORRT : CUDA;
    }
}
