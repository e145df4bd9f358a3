package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.engine.onnx.graph.ProbeGraphs;
import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.util.Map;

/** Memory that ONNX Runtime reads in place, and ReduceSum. */
final class OnnxReadBuffer implements ReadBuffer {

    /** A buffer in Java ends at 2 GiB. */
    private static final long MOST_ELEMENTS = (Integer.MAX_VALUE - 64) / Float.BYTES;

    private final OrtSession session;
    private final NativeMemory memory;
    private final FloatBuffer floats;
    private final OnnxTensor tensor;

    private OnnxReadBuffer(OrtSession session, NativeMemory memory, FloatBuffer floats, OnnxTensor tensor) {
        this.session = session;
        this.memory = memory;
        this.floats = floats;
        this.tensor = tensor;
    }

    static OnnxReadBuffer of(EngineSettings settings, long elements) throws OrtException {
        if (elements > MOST_ELEMENTS) {
            throw Fault.usage("backend=onnx reads less than 2 GiB at once: choose a smaller buffer or backend=pytorch");
        }
        OrtEnvironment environment = OnnxEnvironment.get(settings.device());
        NativeMemory memory = new NativeMemory(elements);
        FloatBuffer floats = memory.floats();
        for (int i = 0; i < elements; i++) {
            floats.put(i, 0);
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads());
            OrtSession session = environment.createSession(ProbeGraphs.sum().model(), options);
            return new OnnxReadBuffer(session, memory, floats,
                    OnnxTensor.createTensor(environment, floats, new long[] {elements}));
        } catch (OrtException e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public void write(long first, FloatBuffer values) {
        floats.put(Math.toIntExact(first), values, values.position(), values.remaining());
    }

    @Override
    public float sum() {
        try (OrtSession.Result result = session.run(Map.of(ProbeGraphs.X, tensor))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
        } catch (OrtException e) {
            throw Fault.failed("ONNX Runtime does not add up " + tensor + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            tensor.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close its session", e);
        }
        memory.close();
    }
}
