package io.notagenbench.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/**
 * Number formats of a storage. Stands on the pickle's stack as the name of a class, which nothing may call.
 */
enum StorageType implements IObjectConstructor {
    /** fp32. */
    FLOAT("torch.FloatStorage", 4),
    /** fp16. */
    HALF("torch.HalfStorage", 2),
    /** The upper half of an fp32. */
    BFLOAT16("torch.BFloat16Storage", 2),
    /** Formats of optimizer state, never read. */
    OTHER("", 0);

    private final String className;
    private final int bytes;

    StorageType(String className, int bytes) {
        this.className = className;
        this.bytes = bytes;
    }

    static StorageType of(String className) {
        for (StorageType type : values()) {
            if (type.className.equals(className)) {
                return type;
            }
        }
        return OTHER;
    }

    /** Bytes of one element. */
    int bytes() {
        return bytes;
    }

    /** Widens all remaining elements of {@code from} to fp32. */
    void widen(ByteBuffer from, FloatBuffer into) {
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
            case OTHER -> throw new IllegalStateException("no weight has this format");
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

    @Override
    public Object construct(Object[] arguments) {
        throw new PickleException("a storage is named, not called");
    }
}
