package io.notagenbench.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import org.junit.jupiter.api.Test;

/** The layers of a model on two devices, both of which are the CPU here. */
class SplitModelTest extends EngineContract {

    private static final Device TWO = Device.of("cpu+cpu");

    SplitModelTest() {
        super("pytorch", Decoding.CACHED, TWO);
    }

    @Test
    void hiddenStatesGoOverOnceForEveryPassOfThePatchLevel() {
        try (NotaGenModel model = provider().open(settings(1), new RandomWeights(new ModelConfig(4, 1, 64, 16)));
                EngineSession session = model.newSession(8)) {
            int[] patches = new int[5 * 16];
            assertThat(session.handOvers()).isEqualTo(HandOvers.NONE);
            session.forwardPatches(patches, 0, 0, 4);
            session.forwardPatches(patches, 64, 4, 1);
            session.forwardChars(new int[16], 0, 16, new float[16 * 128]);
            assertThat(session.handOvers().count()).isEqualTo(2);
            assertThat(session.handOvers().nanos()).isPositive();
        }
    }

    @Test
    void oneDeviceHandsNothingOver() {
        EngineSettings one = new EngineSettings("pytorch", Device.CPU, Precision.FP32, Decoding.CACHED, 1);
        try (NotaGenModel model = provider().open(one, new RandomWeights(new ModelConfig(4, 1, 64, 16)));
                EngineSession session = model.newSession(8)) {
            session.forwardPatches(new int[16], 0, 0, 1);
            assertThat(session.handOvers()).isEqualTo(HandOvers.NONE);
        }
    }

    @Test
    void onlyPyTorchSplitsAModel() {
        EngineSettings onnx = new EngineSettings("onnx", TWO, Precision.FP32, Decoding.CACHED, 1);
        assertThat(BackendProvider.of("onnx").refusal(onnx)).contains("backend=onnx runs a whole model on one device, not"
                + " its layers on device=cpu+cpu: choose backend=pytorch or one device.");
    }
}
