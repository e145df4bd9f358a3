package io.notagenbench.engine;

import io.notagenbench.params.Backend;
import io.notagenbench.params.Precision;
import io.notagenbench.quantisation.GroupScheme;
import java.util.Optional;

/** How the weights of linear layers are rounded in each precision, and what they take. */
public final class Quantisation {

    /** Symmetric: with 256 steps, zero points change nothing that is lost. */
    private static final GroupScheme INT8 = new GroupScheme(8, 64, false, 0);
    /** One scale for each output: all that PyTorch's fastest kernel knows. */
    private static final GroupScheme INT8_ROW = new GroupScheme(8, GroupScheme.ROW, false, 0);
    /** Small groups with zero points and a searched range lose least of what is equally fast. */
    private static final GroupScheme INT4 = new GroupScheme(4, 32, true, 8);

    private Quantisation() {
    }

    /** The scheme by which a backend's weights are rounded; empty where they are not. */
    public static Optional<GroupScheme> scheme(Backend backend, Precision precision) {
        return switch (precision) {
            case INT8 -> Optional.of(backend == Backend.PYTORCH ? INT8_ROW : INT8);
            case INT4 -> Optional.of(INT4);
            case FP32, TF32, BF16, FP16 -> Optional.empty();
        };
    }

    /** Bytes of the weight {@code [in, out]} of a linear layer, with its scales and zero points. */
    static long linearBytes(long in, long out, Backend backend, Precision precision) {
        return scheme(backend, precision).map(scheme -> scheme.bytes(Math.toIntExact(in), Math.toIntExact(out)))
                .orElse(in * out * precision.valueBytes());
    }
}
