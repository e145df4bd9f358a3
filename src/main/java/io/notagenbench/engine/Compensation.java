package io.notagenbench.engine;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.quantisation.InputFactor;
import java.util.List;
import java.util.Optional;

/** The factors of the linear layers that are rounded by them, one after the other; says how long the others will take. */
final class Compensation {

    private static final int LAYERS_OF_BLOCK = 4;
    private static final double NANOSECONDS = 1e9;
    /** Nobody needs to be told about a shorter wait. */
    private static final long SHORTEST_WAIT_SECONDS = 10;

    private final CalibrationPass pass;
    private final List<QuantisedMatrix> matrices;
    private final long start = System.nanoTime();

    /** @param matrices those that are rounded by their inputs, in the order of the model */
    Compensation(Weights weights, List<QuantisedMatrix> matrices) {
        this.matrices = matrices;
        pass = new CalibrationPass(weights);
    }

    /** The factor for a matrix; empty where its weights are rounded to the nearest numbers. */
    Optional<InputFactor> of(QuantisedMatrix matrix) {
        int done = matrices.indexOf(matrix);
        if (done < 0) {
            return Optional.empty();
        }
        if (done == LAYERS_OF_BLOCK) {
            tell((System.nanoTime() - start) / NANOSECONDS * (matrices.size() - done) / done);
        }
        Optional<InputFactor> factor = InputFactor.of(pass.inputs(matrix.source()), matrix.in());
        if (factor.isEmpty()) {
            System.err.println("The inputs of " + matrix.source().name() + " are too large for fp32, so its weights are rounded to the nearest"
                    + " numbers.");
        }
        return factor;
    }

    private static void tell(double seconds) {
        if (seconds >= SHORTEST_WAIT_SECONDS) {
            System.err.printf("This takes about %.0f s more, once for each checkpoint: weights of 4 bits are rounded so that they make up for"
                    + " each other's errors on real music.%n", seconds);
        }
    }
}
