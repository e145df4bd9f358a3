package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file of the size of NotaGen-X with its optimizer state, 6.2 GB, most of it zeros that take no room here. */
class LargeCheckpointTest {

    private static final ModelConfig LARGE = ModelSource.config("large");
    private static final String LAST = "char_level_decoder.base.transformer.ln_f.bias";

    /** The model's storages come last, so that they lie beyond every 32-bit offset. */
    private static SparseFile withMoments() {
        CheckpointFixture model = new CheckpointFixture(LARGE);
        float[] values = new float[LARGE.hidden()];
        values[LARGE.hidden() - 1] = 42;
        model.values(LAST, values);
        model.beside(p -> p.text("optimizer").dict().text("state").dict().mark()
                .number(0).tensor(moment("m0"), "FloatStorage")
                .number(1).tensor(moment("m1"), "FloatStorage").op('u').op('s'));
        TorchZip zip = new TorchZip().member("archive/data.pkl", model.pickle());
        zip.zeros("archive/data/m0", 4 * LARGE.parameters());
        zip.zeros("archive/data/m1", 4 * LARGE.parameters());
        return model.storages(zip).finish();
    }

    private static StoredTensor moment(String key) {
        return new StoredTensor(new StoredTensor.Storage(StorageType.FLOAT, key, LARGE.parameters()), 0,
                List.of(LARGE.parameters()), List.of(1L));
    }

    /** As large as the weights alone, with another tensor before them that is not one of the model's. */
    private static SparseFile safetensors() {
        StringBuilder header = new StringBuilder("{\"other\":{\"dtype\":\"U8\",\"shape\":[6000000000],\"data_offsets\":[0,6000000000]}");
        long end = 6_000_000_000L;
        for (TensorSpec spec : TensorSpec.all(LARGE)) {
            long begin = end;
            end += spec.elements() * Float.BYTES;
            header.append(String.format(",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}", spec.name(),
                    spec.shape(), begin, end));
        }
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] last = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(42).array();
        return SafetensorsFixture.file(json.length, json).appendZeros(end - last.length).append(last);
    }

    @Test
    void readsBeyondFourGigabytesInBoundedMemory() throws IOException {
        assertReadsTheEnd(withMoments());
    }

    @Test
    void readsSafetensorsBeyondFourGigabytesInBoundedMemory() throws IOException {
        assertReadsTheEnd(safetensors());
    }

    private static void assertReadsTheEnd(SparseFile file) throws IOException {
        assertThat(file.size()).isGreaterThan(6_100_000_000L);
        TensorSpec widest = TensorSpec.patchBlock(LARGE, 19).get(8);
        FloatBuffer matrix = ByteBuffer.allocateDirect((int) widest.elements() * Float.BYTES).asFloatBuffer();
        TensorSpec last = TensorSpec.charFinalNorm(LARGE).get(1);
        FloatBuffer bias = FloatBuffer.allocate(LARGE.hidden());
        assertThat(last.name()).isEqualTo(LAST);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Weights weights = Checkpoint.open("x.pth", file)) {
            assertThat(weights.config()).isEqualTo(LARGE);
            weights.read(widest, matrix);
            weights.read(last, bias);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
        assertThat(matrix.hasRemaining()).isFalse();
        assertThat(bias.get(0)).isZero();
        assertThat(bias.get(LARGE.hidden() - 1)).isEqualTo(42);
    }
}
