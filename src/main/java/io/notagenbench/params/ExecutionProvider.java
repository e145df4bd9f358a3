package io.notagenbench.params;

import java.util.Locale;

/** What runs ONNX Runtime's graphs on NVIDIA's cards. */
public enum ExecutionProvider {
    /** ONNX Runtime's own kernels. */
    CUDA,
    /** NVIDIA's TensorRT, which builds an engine for the card from a graph. */
    TENSORRT;

    /** The value of {@code -p provider=}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a label; {@link IllegalArgumentException} if there is none. */
    public static ExecutionProvider of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
