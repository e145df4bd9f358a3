package io.notagenbench.params;

/**
 * Default values as compile-time constants, for {@code @Param} annotations of benchmarks. They are the article's
 * settings on the embedded checkpoint; {@link Parameter} says what each of them means.
 */
public final class Defaults {

    public static final String MODEL = "tiny";
    public static final String BACKEND = "pytorch";
    public static final String DEVICE = "cpu";
    /** ONNX Runtime's own kernels; has no effect on the CPU. */
    public static final String PROVIDER = "cuda";
    /** Keys and values stay where the model is. */
    public static final String CACHES = "device";
    public static final String PRECISION = "fp32";
    public static final String DECODING = "cached";
    public static final String PATCH_LENGTH = "64";
    /** The mean context of a two-voice piece in a window of 64 patches (notagen.md, section 3). */
    public static final String CONTEXT = "47";
    public static final String TEMPERATURE = "1.2";
    public static final String TOP_K = "9";
    public static final String TOP_P = "0.9";
    public static final String SEED = "0";
    public static final String PROMPT = "Romantic/Chopin/Keyboard";
    /** The model decides text and length. */
    public static final String WORK = "natural";
    /** No budget: a piece is written until it ends. */
    public static final String PATCHES = "0";
    /** 20 minutes, as in the original ({@code inference/inference.py}). */
    public static final String TIME_LIMIT = "1200";
    /** One thread for each physical core. */
    public static final String THREADS = "0";

    /** One piece after the other. */
    public static final String BATCH = "1";
    /** Enough to keep 8 slots busy for some time. */
    public static final String PIECES = "16";

    /** Larger than the last-level cache of most processors, and still free on a small machine. */
    public static final String BUFFER = "512";

    private Defaults() {
    }
}
