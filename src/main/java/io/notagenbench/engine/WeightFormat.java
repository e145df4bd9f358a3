package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.params.Precision;
import io.notagenbench.quantisation.GroupScheme;
import java.util.Optional;

/**
 * How a backend keeps the weights of a model, and the bytes that they take.
 *
 * @param precision number format of the weights
 * @param scheme    how the weights of linear layers are rounded to whole numbers; empty where they are not
 */
public record WeightFormat(Precision precision, Optional<GroupScheme> scheme) {

    /** The format in which a backend keeps the weights in a precision. */
    public static WeightFormat of(String backend, Precision precision) {
        return of(BackendProvider.of(backend), precision);
    }

    static WeightFormat of(BackendProvider backend, Precision precision) {
        return new WeightFormat(precision, backend.scheme(precision));
    }

    /** Bytes of the weight {@code [in, out]} of a linear layer, with its scales and zero points. */
    long linearBytes(long in, long out) {
        return scheme.map(rounded -> rounded.bytes(Math.toIntExact(in), Math.toIntExact(out)))
                .orElse(in * out * precision.valueBytes());
    }

    /** Bytes of the weights of a part of a model. The head is kept in addition to the embedding that it is tied to. */
    public long bytes(ModelPart part) {
        long head = part.isLast() ? (long) ModelConfig.VOCABULARY * part.model().hidden() * precision.valueBytes() : 0;
        return head + part.tensors().stream().mapToLong(this::bytes).sum();
    }

    private long bytes(TensorSpec tensor) {
        return tensor.isLinear() ? linearBytes(tensor.shape().get(0), tensor.shape().get(1))
                : tensor.elements() * precision.valueBytes();
    }
}
