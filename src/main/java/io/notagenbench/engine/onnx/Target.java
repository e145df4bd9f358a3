package io.notagenbench.engine.onnx;

import io.notagenbench.engine.Device;

/** The execution provider of ONNX Runtime that a graph is built for. Whichever runs it computes the same. */
enum Target {
    /** The CPU's. */
    CPU,
    /** That of NVIDIA's cards. */
    CUDA;

    static Target of(Device device) {
        return device.kind() == Device.Kind.CPU ? CPU : CUDA;
    }
}
