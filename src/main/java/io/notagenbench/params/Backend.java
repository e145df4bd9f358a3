package io.notagenbench.params;

/**
 * The inference engines, by the names that {@code -p backend=} takes. This is the only list of them: a new backend has
 * one line here, and everything else in a package of its own. The constants are in lower case since JMH takes the names
 * of an enum's constants as the values of a parameter.
 */
public enum Backend {
    /** PyTorch through DJL, which runs a TorchScript archive. */
    pytorch,
    /** ONNX Runtime through its Java API, which runs graphs that are built in Java. */
    onnx;

    /** The engine that NotaGen's own programs run. */
    public static final Backend ORIGINAL = pytorch;
}
