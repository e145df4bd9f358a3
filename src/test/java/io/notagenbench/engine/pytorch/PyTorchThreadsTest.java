package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A model runs with its own threads, whatever else the process has opened and whichever thread calls. */
class PyTorchThreadsTest {

    @Test
    void anotherModelLeavesTheThreadsAlone() {
        try (NotaGenModel one = open(1); NotaGenModel two = open(2)) {
            assertThat(threadsOf(one)).isEqualTo(1);
            assertThat(threadsOf(two)).isEqualTo(2);
            assertThat(threadsOf(one)).isEqualTo(1);
        }
    }

    @Test
    void aThreadThatRanBeforeTheModelWasOpenedGivesItItsThreads() throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try (NotaGenModel one = open(1)) {
            assertThat(worker.submit(() -> threadsOf(one)).get()).isEqualTo(1);
            try (NotaGenModel two = open(2)) {
                assertThat(worker.submit(() -> threadsOf(two)).get()).isEqualTo(2);
                assertThat(worker.submit(() -> threadsOf(one)).get()).isEqualTo(1);
            }
        } finally {
            worker.shutdown();
        }
    }

    @Test
    void sessionsOfTwoModelsTakeTurnsOnOneThread() {
        int[] patch = new int[PATCH_SIZE];
        try (NotaGenModel one = open(1); NotaGenModel two = open(2);
                EngineSession first = one.newSession(2); EngineSession second = two.newSession(2)) {
            first.forwardPatches(patch, 0, 0, 1);
            second.forwardPatches(patch, 0, 0, 1);
            first.forwardChars(patch, 0, 1, new float[ModelConfig.VOCABULARY]);
            assertThat(JniUtils.getNumThreads()).isEqualTo(1);
            second.forwardChars(patch, 0, 1, new float[ModelConfig.VOCABULARY]);
            assertThat(JniUtils.getNumThreads()).isEqualTo(2);
        }
    }

    private static NotaGenModel open(int threads) {
        EngineSettings settings = EngineSettings.of(Parameters.defaults()
                .with(Parameter.BACKEND, "pytorch").with(Parameter.THREADS, Integer.toString(threads)));
        return new PyTorchBackend().open(settings, new RandomWeights(new ModelConfig(1, 1, 64, 8)));
    }

    /** How many threads PyTorch gives an operator on the calling thread after a call of the model. */
    private static int threadsOf(NotaGenModel model) {
        try (EngineSession session = model.newSession(1)) {
            session.forwardPatches(new int[PATCH_SIZE], 0, 0, 1);
            return JniUtils.getNumThreads();
        }
    }
}
