package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.QuantisedWeightCache;
import io.notagenbench.engine.onnx.graph.CharGraph;
import io.notagenbench.engine.onnx.graph.GraphBuilder;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.engine.onnx.graph.PatchGraph;
import io.notagenbench.engine.onnx.graph.PatchLoopGraph;
import io.notagenbench.params.Decoding;
import java.util.Optional;

/** A model in ONNX Runtime: one session for each level. */
final class OnnxModel implements NotaGenModel {

    private final OrtEnvironment environment;
    private final EngineSettings settings;
    private final ModelConfig config;
    private final GraphForm form;
    private final OrtSession patchLevel;
    private final OrtSession charLevel;
    private boolean closed;

    private OnnxModel(OrtEnvironment environment, EngineSettings settings, ModelConfig config, GraphForm form,
            OrtSession patchLevel, OrtSession charLevel) {
        this.environment = environment;
        this.settings = settings;
        this.config = config;
        this.form = form;
        this.patchLevel = patchLevel;
        this.charLevel = charLevel;
    }

    /**
     * Builds both graphs and hands them their weights, the larger level first: its peak comes before the other is there.
     *
     * @param settings how and where the graphs are run
     * @param target   who they are built for, which may be another than runs them
     */
    static OnnxModel load(EngineSettings settings, Weights weights, GraphTarget target) throws OrtException {
        GraphForm form = GraphForm.of(target, settings.precision(), settings.caches());
        Optional<QuantisedWeightCache> cache = QuantisedWeightCache.of(weights, form.schemes());
        OrtEnvironment environment = OnnxEnvironment.get(settings.device());
        ModelConfig config = weights.config();
        OrtSession patchLevel = session(environment, settings, PatchGraph.build(config, form), weights, cache,
                config.rows());
        try {
            OrtSession charLevel = session(environment, settings, charGraph(settings.decoding(), config, form), weights, cache,
                    ModelConfig.PATCH_SIZE);
            FreedMemory.giveBack();
            return new OnnxModel(environment, settings, config, form, patchLevel, charLevel);
        } catch (OrtException | RuntimeException e) {
            patchLevel.close();
            throw e;
        }
    }

    private static GraphBuilder charGraph(Decoding decoding, ModelConfig config, GraphForm form) {
        return decoding == Decoding.FUSED ? PatchLoopGraph.build(config, form) : CharGraph.build(config, form);
    }

    /**
     * Hands a graph its weights.
     *
     * @param cache the file of the quantised ones; all others are read into memory
     * @param room  the most rows of a call, cached ones included
     */
    static OrtSession session(OrtEnvironment environment, EngineSettings settings, GraphBuilder graph, Weights weights,
            Optional<QuantisedWeightCache> cache, int room) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                NativeWeights natives = new NativeWeights(environment, graph.weightsInMemory(cache), weights)) {
            options.setIntraOpNumThreads(settings.threads());
            spinWithinCalls(options);
            switch (GraphTarget.of(settings)) {
                case CPU -> { }
                case CUDA -> CudaExecutionProvider.add(options, settings.device().index());
                case TENSORRT -> TensorRtExecutionProvider.add(options, settings, weights, graph, room);
            }
            if (cache.isPresent()) {
                options.addConfigEntry("session.model_external_initializers_file_folder_path", cache.get().path().getParent().toString());
            }
            options.addExternalInitializers(natives.tensors());
            return environment.createSession(graph.model(cache), options);
        }
    }

    /**
     * Threads spin between the operators of a call, which are microseconds apart, and sleep between two calls: then those of the other
     * level, or of another model in the process, want the cores. A bound leaves the core to another process that has it.
     * Measured in docs/profiling.md.
     */
    private static void spinWithinCalls(OrtSession.SessionOptions options) throws OrtException {
        options.addConfigEntry("session.intra_op.allow_spinning", "1");
        options.addConfigEntry("session.intra_op.spin_duration_us", "100");
        options.addConfigEntry("session.force_spinning_stop", "1");
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public EngineSettings settings() {
        return settings;
    }

    @Override
    public EngineSession newSession(int window) {
        requireOpen();
        return new OnnxEngineSession(this, CallCheck.window(window, config));
    }

    @Override
    public BatchSession newBatch(int slots, int window) {
        requireOpen();
        return new OnnxBatchSession(this, BatchCheck.slots(slots, settings), CallCheck.window(window, config));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    OrtEnvironment environment() {
        return environment;
    }

    GraphForm form() {
        return form;
    }

    OrtSession patchLevel() {
        return patchLevel;
    }

    OrtSession charLevel() {
        return charLevel;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (patchLevel; charLevel) {
            // closed in the reverse order, each even where the other fails
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close its sessions", e);
        }
        FreedMemory.giveBack();
    }
}
