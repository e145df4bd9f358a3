package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Precision;
import java.nio.FloatBuffer;
import java.util.List;

/** Compares the linear layers of an engine with double precision before they are timed. */
final class LinearCheck {

    private LinearCheck() {
    }

    /**
     * @param input  {@code [rows, H]}
     * @param output {@code [rows, H]}, what the engine's layers made of it
     * @param row    which row to compare
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if what the layers added to the row is farther from
     *                 the reference than the precision explains, in the norm of the row
     */
    static void require(Weights weights, Precision precision, float[] input, float[] output, int row) {
        ModelConfig config = weights.config();
        int hidden = config.hidden();
        double[] x = new double[hidden];
        for (int i = 0; i < hidden; i++) {
            x[i] = input[row * hidden + i];
        }
        for (int layer = 0; layer < config.patchLayers(); layer++) {
            block(weights, TensorSpec.patchBlock(config, layer), x);
        }
        double difference = 0;
        double added = 0;
        for (int i = 0; i < hidden; i++) {
            int at = row * hidden + i;
            difference += Math.pow(output[at] - x[i], 2);
            added += Math.pow(x[i] - input[at], 2);
        }
        double error = Math.sqrt(difference / added);
        if (!(error <= tolerance(precision))) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "row " + row + " of the product that is to be timed is " + error
                    + " of its norm away from double precision");
        }
    }

    private static double tolerance(Precision precision) {
        return switch (precision) {
            case FP32 -> 1e-4;
            case TF32, FP16, BF16 -> 0.05;
            case INT8 -> 0.1;
            case INT4, MIXED -> 0.3;
        };
    }

    /** See {@link io.notagenbench.engine.LinearLayers#forward}. */
    private static void block(Weights weights, List<TensorSpec> tensors, double[] x) {
        double[] qkv = linear(weights, tensors.subList(2, 4), x);
        double[] sum = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = qkv[i] + qkv[x.length + i] + qkv[2 * x.length + i];
        }
        add(x, linear(weights, tensors.subList(4, 6), sum));
        add(x, linear(weights, tensors.subList(10, 12), linear(weights, tensors.subList(8, 10), x)));
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }

    /** {@code x W + b} with W {@code [in, out]}. */
    private static double[] linear(Weights weights, List<TensorSpec> weightAndBias, double[] x) {
        float[] w = values(weights, weightAndBias.get(0));
        float[] b = values(weights, weightAndBias.get(1));
        double[] y = new double[b.length];
        for (int out = 0; out < y.length; out++) {
            y[out] = b[out];
        }
        for (int in = 0; in < x.length; in++) {
            for (int out = 0; out < y.length; out++) {
                y[out] += x[in] * w[in * y.length + out];
            }
        }
        return y;
    }

    private static float[] values(Weights weights, TensorSpec spec) {
        float[] values = new float[Math.toIntExact(spec.elements())];
        weights.read(spec, FloatBuffer.wrap(values));
        return values;
    }
}
