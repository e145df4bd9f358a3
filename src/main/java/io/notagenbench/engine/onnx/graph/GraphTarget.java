package io.notagenbench.engine.onnx.graph;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.ExecutionProvider;

/** The execution provider of ONNX Runtime that a graph is built for. Any provider that runs the graph computes the same. */
public enum GraphTarget {
    /** The provider of the CPU. */
    CPU,
    /** The provider of NVIDIA's cards. */
    CUDA,
    /** TensorRT, which knows standard ONNX operators only and builds an engine for ranges of sizes from 1 on. */
    TENSORRT;

    public static GraphTarget of(EngineSettings settings) {
        if (settings.device().kind() == Device.Kind.CPU) {
            return CPU;
        }
        return settings.provider() == ExecutionProvider.TENSORRT ? TENSORRT : CUDA;
    }
}
