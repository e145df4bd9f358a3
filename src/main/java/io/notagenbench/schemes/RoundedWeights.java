package io.notagenbench.schemes;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.LayerSchemes;
import io.notagenbench.engine.QuantisedMatrix;
import io.notagenbench.quantisation.GroupScheme;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Weights after they were rounded, in fp32: a model of them loses what the rounding of the weights alone loses, by every
 * scheme, whether or not a kernel can read it.
 */
final class RoundedWeights implements Weights {

    private final Weights weights;
    private final LayerSchemes schemes;

    /** @param weights stays open as long as this object is used, and is not closed by it */
    RoundedWeights(Weights weights, LayerSchemes schemes) {
        this.weights = weights;
        this.schemes = schemes;
    }

    @Override
    public String name() {
        return weights.name() + " in " + schemes.label();
    }

    @Override
    public ModelConfig config() {
        return weights.config();
    }

    @Override
    public String hash() {
        return weights.hash() + " " + schemes.label();
    }

    @Override
    public void read(TensorSpec tensor, FloatBuffer into) {
        Optional<GroupScheme> scheme = schemes.of(tensor);
        if (scheme.isEmpty()) {
            weights.read(tensor, into);
            return;
        }
        QuantisedMatrix matrix = new QuantisedMatrix(tensor, scheme.get());
        ByteBuffer rounded = ByteBuffer.allocate(Math.toIntExact(matrix.bytes())).order(ByteOrder.nativeOrder());
        matrix.write(weights, rounded);
        int elements = Math.toIntExact(tensor.elements());
        matrix.restore(rounded, into.slice(into.position(), elements));
        into.position(into.position() + elements);
    }

    @Override
    public void close() {
        // the weights are their owner's
    }
}
