package io.notagenbench.params;

import java.util.Locale;

/** Number format of the weights and of the arithmetic on them. */
public enum Precision {
    FP32,
    /** Weights in fp32; the matrix units of a card round the factors of products to the ten bits of fp16. */
    TF32,
    BF16, FP16, INT8, INT4,
    /** The patch level in int4, the char level in int8: most of what int4 loses, it loses there. */
    MIXED;

    /** The value of {@code -p precision=}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a label; {@link IllegalArgumentException} if there is none. */
    public static Precision of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Bytes of a value that is not quantised. */
    public int valueBytes() {
        return this == BF16 || this == FP16 ? Short.BYTES : Float.BYTES;
    }
}
