package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Optional;

/**
 * How a backend keeps the weights of a model, and the bytes that they take.
 *
 * @param precision number format of the weights
 * @param schemes   how the weights of linear layers are rounded to whole numbers; empty where they are not
 */
public record WeightFormat(Precision precision, Optional<LevelSchemes> schemes) {

    /** The format in which a backend keeps the weights in a precision on a device. */
    public static WeightFormat of(String backend, Precision precision, Device.Kind kind) {
        return of(BackendProvider.of(backend), precision, kind);
    }

    static WeightFormat of(BackendProvider backend, Precision precision, Device.Kind kind) {
        return new WeightFormat(precision, backend.schemes(precision, kind));
    }

    /** Bytes of the four linear layers of a block, without their biases. */
    long linearBytes(List<TensorSpec> block) {
        return block.stream().filter(TensorSpec::isLinear).mapToLong(this::bytes).sum();
    }

    /** Bytes of the weights of a part of a model. The head is kept in addition to the embedding that it is tied to. */
    public long bytes(ModelPart part) {
        long head = part.isLast() ? (long) ModelConfig.VOCABULARY * part.model().hidden() * precision.valueBytes() : 0;
        return head + part.tensors().stream().mapToLong(this::bytes).sum();
    }

    private long bytes(TensorSpec tensor) {
        return schemes.filter(rounded -> tensor.isLinear())
                .map(rounded -> rounded.of(tensor).bytes(tensor.shape().get(0), tensor.shape().get(1)))
                .orElse(tensor.elements() * precision.valueBytes());
    }
}
