package io.notagenbench.engine.minimal;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The least that a backend is: it computes everything again with the reference, and leaves out whatever may be left out.
 * Copy it to begin a backend.
 */
public final class MinimalBackend implements BackendProvider {

    static final String NAME = "minimal";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String engineVersion() {
        return "Minimal 1.0";
    }

    @Override
    public Optional<String> refusal(EngineSettings settings) {
        if (settings.precision() != Precision.FP32) {
            return Optional.of("backend=minimal cannot run with precision=" + settings.precision().label()
                    + ": choose precision=fp32.");
        }
        return settings.decoding() != Decoding.FUSED ? Optional.empty()
                : Optional.of("backend=minimal cannot run with decoding=fused: choose decoding=cached.");
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        return new Model(settings, new HeapWeights(weights));
    }

    /** A copy of weights, which may be closed as soon as a model is open. */
    private static final class HeapWeights implements Weights {

        private final String name;
        private final String hash;
        private final ModelConfig config;
        private final Map<String, float[]> tensors = new HashMap<>();

        HeapWeights(Weights source) {
            name = source.name();
            hash = source.hash();
            config = source.config();
            for (TensorSpec tensor : TensorSpec.all(config)) {
                float[] values = new float[Math.toIntExact(tensor.elements())];
                source.read(tensor, FloatBuffer.wrap(values));
                tensors.put(tensor.name(), values);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public ModelConfig config() {
            return config;
        }

        @Override
        public String hash() {
            return hash;
        }

        @Override
        public void read(TensorSpec tensor, FloatBuffer into) {
            into.put(tensors.get(tensor.name()));
        }

        @Override
        public void close() {
            tensors.clear();
        }
    }

    private static final class Model implements NotaGenModel {

        private final EngineSettings settings;
        private final Weights weights;
        private boolean closed;

        Model(EngineSettings settings, Weights weights) {
            this.settings = settings;
            this.weights = weights;
        }

        @Override
        public ModelConfig config() {
            return weights.config();
        }

        @Override
        public EngineSettings settings() {
            return settings;
        }

        @Override
        public EngineSession newSession(int window) {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return new Session(settings, new ReferenceForward(weights), CallCheck.window(window, config()));
        }

        @Override
        public void close() {
            closed = true;
            weights.close();
        }
    }

    private static final class Session implements EngineSession {

        private final EngineSettings settings;
        private final ReferenceForward forward;
        private final CallCheck check;
        private final int[] context;
        private double[][] rows;
        private double[] hidden;

        Session(EngineSettings settings, ReferenceForward forward, int window) {
            this.settings = settings;
            this.forward = forward;
            check = new CallCheck(window);
            context = new int[window * PATCH_SIZE];
        }

        @Override
        public void forwardPatches(int[] patches, int offset, int from, int count) {
            check.patches(patches, offset, from, count);
            System.arraycopy(patches, offset, context, from * PATCH_SIZE, count * PATCH_SIZE);
            rows = forward.hiddenStates(context, from + count);
            hidden = rows[from + count - 1];
        }

        @Override
        public void startFrom(int patch) {
            check.startFrom(patch);
            hidden = rows[patch];
        }

        @Override
        public void hiddenState(float[] into) {
            check.hiddenState();
            for (int i = 0; i < hidden.length; i++) {
                into[i] = (float) hidden[i];
            }
        }

        @Override
        public void forwardChars(int[] chars, int from, int count, float[] logits) {
            check.chars(chars, from, count, logits);
            double[][] all = forward.logits(hidden, chars, from + count);
            for (int row = 0; row < count; row++) {
                for (int id = 0; id < VOCABULARY; id++) {
                    logits[row * VOCABULARY + id] = (float) all[from + row][id];
                }
            }
        }

        /** Always refused, since no model is opened for {@code fused}. */
        @Override
        public int decodePatch(int[] patch, int chosen, PatchDraws draws, int[] drawn) {
            check.decode(settings.decoding(), patch, chosen, draws, drawn);
            throw new IllegalStateException();
        }

        @Override
        public void close() {
            check.close();
        }
    }
}
