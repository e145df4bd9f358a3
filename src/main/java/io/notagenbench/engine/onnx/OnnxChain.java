package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.OperatorChain;
import io.notagenbench.engine.onnx.graph.ProbeGraphs;
import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.util.Map;

/** A graph of {@code Add} nodes, each of which adds the same input to what the one before it gave. */
final class OnnxChain implements OperatorChain {

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    private OnnxChain(OrtSession session, Map<String, OnnxTensor> inputs) {
        this.session = session;
        this.inputs = inputs;
    }

    static OnnxChain of(EngineSettings settings, int operators) throws OrtException {
        OrtEnvironment environment = OnnxEnvironment.get(settings.device());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads());
            if (settings.device().kind() == Device.Kind.CUDA) {
                CudaExecutionProvider.add(options, settings.device().index());
            }
            return new OnnxChain(environment.createSession(ProbeGraphs.chain(operators).model(), options),
                    Map.of(ProbeGraphs.START, element(environment, 0), ProbeGraphs.STEP, element(environment, 1)));
        }
    }

    private static OnnxTensor element(OrtEnvironment environment, float value) throws OrtException {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {value}), new long[] {1});
    }

    @Override
    public float run() {
        try (OrtSession.Result result = session.run(inputs)) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
        } catch (OrtException e) {
            throw Fault.failed("ONNX Runtime does not run a chain of operators: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close its session", e);
        }
    }
}
