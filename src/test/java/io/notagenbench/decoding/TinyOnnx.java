package io.notagenbench.decoding;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;

/** The trained checkpoint on ONNX Runtime. */
public final class TinyOnnx {

    private TinyOnnx() {
    }

    public static NotaGenModel open() {
        try (Weights weights = ModelSource.open("tiny")) {
            return BackendProvider.of("onnx")
                    .open(new EngineSettings("onnx", Device.CPU, Precision.FP32, Decoding.CACHED, 1), weights);
        }
    }
}
