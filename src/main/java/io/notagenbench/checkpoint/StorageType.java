package io.notagenbench.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Number formats of a storage. */
enum StorageType {
    FLOAT("fp32", "torch.FloatStorage", "F32", 4),
    HALF("fp16", "torch.HalfStorage", "F16", 2),
    /** The upper half of an fp32. */
    BFLOAT16("bf16", "torch.BFloat16Storage", "BF16", 2),
    /** Rounded to fp32, as PyTorch does when it loads them into the model. */
    DOUBLE("fp64", "torch.DoubleStorage", "F64", 8),
    INT8("int8", "torch.CharStorage", "I8", 1),
    UINT8("uint8", "torch.ByteStorage", "U8", 1),
    INT16("int16", "torch.ShortStorage", "I16", 2),
    INT32("int32", "torch.IntStorage", "I32", 4),
    INT64("int64", "torch.LongStorage", "I64", 8),
    BOOL("bool", "torch.BoolStorage", "BOOL", 1),
    FLOAT8("fp8", "", "", 1),
    /** Complex numbers, quantised numbers and future formats; never read. */
    OTHER("another format", "", "", 0);

    private final String words;
    private final String className;
    private final String safetensors;
    private final int bytes;

    StorageType(String words, String className, String safetensors, int bytes) {
        this.words = words;
        this.className = className;
        this.safetensors = safetensors;
        this.bytes = bytes;
    }

    /** The format of a storage by the name of its class in PyTorch. */
    static StorageType ofClass(String className) {
        return Arrays.stream(values()).filter(type -> type.className.equals(className)).findFirst().orElse(OTHER);
    }

    /** The format of a tensor by its {@code dtype} in a safetensors file. */
    static StorageType ofSafetensors(String dtype) {
        return dtype.startsWith("F8") ? FLOAT8
                : Arrays.stream(values()).filter(type -> type.safetensors.equals(dtype)).findFirst().orElse(OTHER);
    }

    /** The format of a tensor whose storage has no own class, by the name of its type in PyTorch. */
    static StorageType ofDtype(String dtype) {
        return dtype.startsWith("float8") ? FLOAT8 : OTHER;
    }

    /** The usual name. */
    String words() {
        return words;
    }

    /** Bytes of one element, 0 if unknown. */
    int bytes() {
        return bytes;
    }

    /** Whether weights may have this format. */
    boolean isWeight() {
        return switch (this) {
            case FLOAT, HALF, BFLOAT16, DOUBLE -> true;
            default -> false;
        };
    }

    /** Whether the elements are whole numbers: masks and positions, never weights. */
    boolean isWhole() {
        return !isWeight() && this != FLOAT8 && this != OTHER;
    }

    /** Converts all remaining elements of {@code from} to fp32; exact except for fp64. */
    void toFloats(ByteBuffer from, FloatBuffer into) {
        switch (this) {
            case FLOAT -> into.put(from.asFloatBuffer());
            case HALF -> {
                while (from.hasRemaining()) {
                    into.put(halfToFloat(from.getShort()));
                }
            }
            case BFLOAT16 -> {
                while (from.hasRemaining()) {
                    into.put(Float.intBitsToFloat(from.getShort() << 16));
                }
            }
            case DOUBLE -> {
                while (from.hasRemaining()) {
                    into.put((float) from.getDouble());
                }
            }
            default -> throw new IllegalStateException("no weight has this format");
        }
    }

    /** IEEE 754 binary16 to binary32, exact. */
    private static float halfToFloat(short half) {
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }
}
