package io.notagenbench.params;

import java.util.Locale;

/** The inference engines that can run the model. */
public enum Backend {
    /** PyTorch through DJL, running a TorchScript archive. */
    PYTORCH,
    /** ONNX Runtime through its Java API, running a graph built in Java. */
    ONNX;

    /** The value of {@code -p backend=}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a label; {@link IllegalArgumentException} if there is none. */
    public static Backend of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
