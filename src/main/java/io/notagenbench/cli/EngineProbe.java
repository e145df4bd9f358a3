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

/** Starts an inference engine: loads a model and runs one forward pass of both its levels. */
final class EngineProbe {

    private EngineProbe() {
    }

    /**
     * @param provider   the engine
     * @param parameters device, precision and threads
     * @param source     opens the weights of a small model
     * @throws Fault (usage) if a parameter has a value that it cannot have
     */
    static Diagnosis.EngineCheck check(BackendProvider provider, Parameters parameters, Supplier<Weights> source) {
        String backend = provider.name();
        long start = System.nanoTime();
        String problem;
        try {
            EngineSettings settings = EngineSettings.of(parameters.with(Parameter.BACKEND, backend));
            Optional<String> refusal = provider.refusal(settings);
            if (refusal.isPresent()) {
                return new Diagnosis.EngineCheck(backend, provider.engineVersion(), null, refusal.get(), true, cards(provider));
            }
            forward(provider, settings, source);
            problem = null;
        } catch (Fault e) {
            if (e.exitCode() == Fault.USAGE) {
                throw e;
            }
            problem = e.getMessage();
        } catch (OutOfMemoryError e) {
            problem = "Java may take " + Bytes.words(Runtime.getRuntime().maxMemory()) + " for its heap, which is too little to start"
                    + " the engine: allow more, java -Xmx1g -jar benchmarks.jar doctor.";
        } catch (RuntimeException | LinkageError | AssertionError e) {
            problem = "The engine does not start here: " + e + ".";
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Diagnosis.EngineCheck(backend, provider.engineVersion(), problem == null ? seconds : null, problem, false,
                cards(provider));
    }

    private static String cards(BackendProvider provider) {
        return provider.cardKernels().map(kernels -> kernels.words() + " (" + kernels.source() + ")").orElse(null);
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
                    throw Fault.failed("The engine computes " + logit + ", which is not a finite number.");
                }
            }
        }
    }
}
