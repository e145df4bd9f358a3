package io.notagenbench.cli;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts an inference engine for real: loads a model and runs one forward pass of both its levels. */
final class EngineProbe {

    private EngineProbe() {
    }

    /**
     * @param provider   the engine
     * @param parameters device, precision and threads
     * @param source     opens the weights of a small model
     */
    static Diagnosis.EngineCheck check(BackendProvider provider, Parameters parameters, Supplier<Weights> source) {
        EngineSettings settings = EngineSettings.of(parameters.with(Parameter.BACKEND, provider.backend().label()));
        Optional<String> refusal = provider.refusal(settings);
        long start = System.nanoTime();
        String problem = refusal.or(() -> problem(provider, settings, source)).orElse(null);
        return new Diagnosis.EngineCheck(provider.backend().label(), provider.engineVersion(),
                problem == null ? (System.nanoTime() - start) / 1e9 : null, problem, refusal.isPresent());
    }

    private static Optional<String> problem(BackendProvider provider, EngineSettings settings, Supplier<Weights> source) {
        try {
            forward(provider, settings, source);
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("The engine does not start here: " + e + ".");
        }
    }

    private static void forward(BackendProvider provider, EngineSettings settings, Supplier<Weights> source) {
        try (Weights weights = source.get();
                NotaGenModel model = provider.open(settings, weights);
                EngineSession session = model.newSession(1)) {
            int[] firstPatch = new int[PATCH_SIZE];
            Arrays.fill(firstPatch, BOS);
            firstPatch[PATCH_SIZE - 1] = EOS;
            float[] logits = new float[VOCABULARY];
            session.forwardPatches(firstPatch, 0, 0, 1);
            session.forwardChars(new int[PATCH_SIZE], 0, 1, logits);
            for (float logit : logits) {
                if (!Float.isFinite(logit)) {
                    throw Fault.failed("The engine computes " + logit + " where a number should be.");
                }
            }
        }
    }
}
