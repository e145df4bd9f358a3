package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PthWriterTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBackBitForBit() {
        assertRoundTrip(ModelSource.open(ModelSource.TINY));
    }

    @Test
    void syntheticWeightsBecomeACheckpoint() {
        assertRoundTrip(new SyntheticWeights("some", new ModelConfig(2, 1, 128, 40)));
    }

    @Test
    void aFolderThatIsNotThereIsAFault() {
        Weights weights = new SyntheticWeights("some", new ModelConfig(1, 1, 64, 32));
        assertThatThrownBy(() -> PthWriter.write(weights, folder.resolve("none/some.pth")))
                .isInstanceOf(Fault.class).hasMessageContaining("cannot be written");
    }

    private void assertRoundTrip(Weights original) {
        Path file = folder.resolve("copy.pth");
        PthWriter.write(original, file);
        try (original; Weights copy = ModelSource.open(file.toString())) {
            assertThat(copy.config()).isEqualTo(original.config());
            for (TensorSpec spec : TensorSpec.all(original.config())) {
                assertThat(values(copy, spec)).as(spec.name()).isEqualTo(values(original, spec));
            }
        }
    }

    private static float[] values(Weights weights, TensorSpec spec) {
        float[] values = new float[Math.toIntExact(spec.elements())];
        weights.read(spec, FloatBuffer.wrap(values));
        return values;
    }
}
