package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.engine.onnx.graph.ProbeGraphs;
import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/** The linear layers of a model in ONNX Runtime. */
final class OnnxLinearLayers implements LinearLayers {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int hidden;

    private OnnxLinearLayers(OrtEnvironment environment, OrtSession session, int hidden) {
        this.environment = environment;
        this.session = session;
        this.hidden = hidden;
    }

    static OnnxLinearLayers load(EngineSettings settings, Weights weights) throws OrtException {
        OrtEnvironment environment = OnnxEnvironment.get(settings.device());
        GraphForm form = GraphForm.of(GraphTarget.of(settings), settings.precision(), settings.caches());
        OrtSession session = OnnxModel.session(environment, settings, ProbeGraphs.linearLayers(weights.config(), form), weights, Optional.empty(),
                weights.config().rows());
        FreedMemory.giveBack();
        return new OnnxLinearLayers(environment, session, weights.config().hidden());
    }

    @Override
    public void forward(float[] x, int rows, float[] y) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x, 0, rows * hidden),
                        new long[] {rows, hidden});
                OrtSession.Result result = session.run(Map.of(ProbeGraphs.X, input))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(y, 0, rows * hidden);
        } catch (OrtException e) {
            throw Fault.failed("ONNX Runtime failed on " + rows + " rows: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close its session", e);
        }
        FreedMemory.giveBack();
    }
}
