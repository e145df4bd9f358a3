package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a card busy until its clocks have climbed: an idle H200 runs at 345 MHz and a busy one at 1980, and the short
 * warm-up of a plan may end on the way.
 */
final class CardWarmUp {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PATCHES = 32;

    private CardWarmUp() {
    }

    /** Runs the model for two seconds where it is on a card; does nothing on the CPU. */
    static void run(NotaGenModel model) {
        if (model.settings().device().kind() == Device.Kind.CUDA) {
            run(model, NANOS);
        }
    }

    /**
     * Runs both levels of the model again and again, at least once.
     *
     * @return how often
     */
    static int run(NotaGenModel model, long nanos) {
        int count = Math.min(PATCHES, model.config().rows());
        int[] patches = new int[count * PATCH_SIZE];
        float[] logits = new float[PATCH_SIZE * VOCABULARY];
        int passes = 0;
        try (EngineSession session = model.newSession(count)) {
            long start = System.nanoTime();
            do {
                session.forwardPatches(patches, 0, 0, count);
                session.forwardChars(patches, 0, PATCH_SIZE, logits);
                passes++;
            } while (System.nanoTime() - start < nanos);
        }
        return passes;
    }
}
