package io.notagenbench.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import com.sun.jna.Memory;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.LevelSchemes;
import io.notagenbench.engine.QuantisedMatrix;
import io.notagenbench.engine.QuantisedWeightCache;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Hands the weights of a part of a model over to its script one tensor at a time, through memory that all of them
 * share. Memory for preparing a matrix is given back before the next: the C library would keep it, up to a third of the
 * weights at the peak of a load.
 */
final class WeightTransfer {

    /** How a tensor other than a linear layer is kept; the ordinals are the kinds of {@code take} in notagen.py. */
    private enum Form {
        /** Unchanged: norms, biases, positions. */
        PLAIN,
        /** Transposed: the columns of the patch embedding become rows that can be gathered. */
        TRANSPOSED,
        /** Unchanged for the embedding, and packed for the tied head. */
        EMBEDDING_AND_HEAD;

        static Form of(TensorSpec spec) {
            if (spec.name().equals(TensorSpec.PATCH_EMBEDDING)) {
                return TRANSPOSED;
            }
            if (spec.name().equals(TensorSpec.CHAR_EMBEDDING)) {
                return EMBEDDING_AND_HEAD;
            }
            return PLAIN;
        }
    }

    private final PartScript script;
    private final Weights weights;
    private final Optional<LevelSchemes> schemes;
    private final Optional<QuantisedWeightCache> cache;

    /**
     * @param schemes how the weights of linear layers are rounded; empty where they are not
     * @param cache   the file of the quantised matrices, where there are any and it could be written
     */
    WeightTransfer(PartScript script, Weights weights, Optional<LevelSchemes> schemes, Optional<QuantisedWeightCache> cache) {
        this.script = script;
        this.weights = weights;
        this.schemes = schemes;
        this.cache = cache;
    }

    void run() {
        if (!script.part().isFirst()) {
            script.run("skip_embedding").close();
        }
        List<TensorSpec> specs = script.part().tensors();
        long largest = specs.stream().mapToLong(this::bytes).max().orElseThrow();
        try (Memory staging = new Memory(largest); PtNDManager manager = script.manager()) {
            for (TensorSpec spec : specs) {
                ByteBuffer bytes = staging.getByteBuffer(0, bytes(spec)).order(ByteOrder.nativeOrder());
                if (isQuantised(spec)) {
                    matrix(new QuantisedMatrix(spec, schemes.orElseThrow().of(spec)), bytes, manager);
                } else {
                    tensor(spec, bytes, manager);
                }
                if (spec.shape().size() > 1) {
                    FreedMemory.giveBack();
                }
            }
        }
    }

    private boolean isQuantised(TensorSpec spec) {
        return schemes.isPresent() && spec.isLinear();
    }

    private long bytes(TensorSpec spec) {
        return isQuantised(spec) ? new QuantisedMatrix(spec, schemes.orElseThrow().of(spec)).bytes() : spec.elements() * Float.BYTES;
    }

    private void tensor(TensorSpec spec, ByteBuffer bytes, PtNDManager manager) {
        weights.read(spec, bytes.asFloatBuffer());
        Shape shape = new Shape(spec.shape().stream().mapToLong(Integer::longValue).toArray());
        try (PtNDArray array = manager.create(bytes, shape, DataType.FLOAT32); IValue tensor = IValue.from(array)) {
            if (spec.isLinear()) {
                script.run("take_linear", tensor).close();
                return;
            }
            try (IValue kind = IValue.from(Form.of(spec).ordinal())) {
                script.run("take", tensor, kind).close();
            }
        }
    }

    private void matrix(QuantisedMatrix matrix, ByteBuffer bytes, PtNDManager manager) {
        if (cache.isPresent()) {
            cache.get().read(matrix, bytes);
        } else {
            matrix.write(weights, bytes);
        }
        try (PtNDArray numbers = part(manager, bytes, 0, DataType.UINT8, matrix.out(), matrix.weightBytes() / matrix.out());
                PtNDArray scales = part(manager, bytes, matrix.scaleOffset(), DataType.FLOAT32, matrix.scaleBytes() / Float.BYTES);
                PtNDArray zeros = part(manager, bytes, matrix.zeroPointOffset(), DataType.UINT8, matrix.out(),
                        matrix.zeroPointBytes() / matrix.out());
                IValue first = IValue.from(numbers);
                IValue second = IValue.from(scales);
                IValue third = IValue.from(zeros)) {
            script.run("take_matrix", first, second, third).close();
        }
    }

    private static PtNDArray part(PtNDManager manager, ByteBuffer bytes, long offset, DataType type, long... shape) {
        Shape sizes = new Shape(shape);
        int length = Math.toIntExact(sizes.size() * type.getNumOfBytes());
        ByteBuffer part = bytes.slice(Math.toIntExact(offset), length).order(ByteOrder.nativeOrder());
        return manager.create(part, sizes, type);
    }
}
