package io.notagenbench.engine;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link LinearLayers} compute, in double precision and for one row. */
public final class LinearReference {

    private LinearReference() {
    }

    /** @param x {@code [H]} */
    public static double[] forward(Weights weights, double[] x) {
        int size = x.length;
        double[] y = x;
        for (int block = 0; block < weights.config().patchLayers(); block++) {
            List<TensorSpec> tensors = TensorSpec.patchBlock(weights.config(), block);
            double[] qkv = linear(weights, tensors, 2, y);
            double[] sum = IntStream.range(0, size).mapToDouble(i -> qkv[i] + qkv[size + i] + qkv[2 * size + i]).toArray();
            y = sum(y, linear(weights, tensors, 4, sum));
            y = sum(y, linear(weights, tensors, 10, linear(weights, tensors, 8, y)));
        }
        return y;
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    private static double[] linear(Weights weights, List<TensorSpec> tensors, int first, double[] x) {
        float[] w = read(weights, tensors.get(first));
        float[] b = read(weights, tensors.get(first + 1));
        double[] y = IntStream.range(0, b.length).mapToDouble(i -> b[i]).toArray();
        for (int i = 0; i < w.length; i++) {
            y[i % y.length] += x[i / y.length] * w[i];
        }
        return y;
    }

    private static float[] read(Weights weights, TensorSpec tensor) {
        FloatBuffer values = FloatBuffer.allocate((int) tensor.elements());
        weights.read(tensor, values);
        return values.array();
    }
}
