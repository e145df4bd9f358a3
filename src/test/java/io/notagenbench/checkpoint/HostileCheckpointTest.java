package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Files that somebody bent on purpose: each gives one sentence that names the file and the cause. */
class HostileCheckpointTest {

    private static final String NORM = "patch_level_decoder.base.ln_f.weight";
    private static final String FILE = "bent.pth";

    private static String refusal(SparseFile file) {
        Throwable thrown = catchThrowable(() -> {
            try (Weights weights = PthCheckpoint.open(FILE, file)) {
                for (TensorSpec spec : TensorSpec.all(weights.config())) {
                    weights.read(spec, FloatBuffer.allocate((int) spec.elements()));
                }
            }
        });
        assertThat(thrown).isInstanceOf(Fault.class);
        assertThat(((Fault) thrown).exitCode()).isEqualTo(Fault.USAGE);
        assertThat(thrown.getMessage()).startsWith(FILE + " ").matches("[ -~]{20,400}");
        return thrown.getMessage();
    }

    private static String refusal(CheckpointFixture fixture) {
        return refusal(fixture.file());
    }

    private static CheckpointFixture smallest() {
        return CheckpointFixture.smallest();
    }

    private static String refusal(byte[] pickle) {
        return refusal(pickled(zip -> zip.member("archive/data.pkl", pickle)));
    }

    /** A file whose storages are right, and whose pickle a test writes. */
    private static SparseFile pickled(UnaryOperator<TorchZip> pickle) {
        return smallest().storages(pickle.apply(new TorchZip())).finish();
    }

    @Test
    void readsTheFixtureThatTheOthersBend() throws IOException {
        try (Weights weights = PthCheckpoint.open(FILE, smallest().file())) {
            assertThat(weights.config()).isEqualTo(CheckpointFixture.SMALLEST);
            FloatBuffer values = FloatBuffer.allocate(64);
            weights.read(TensorSpec.patchFinalNorm(weights.config()).get(0), values);
            assertThat(values.array()).containsOnly(0f);
        }
    }

    @Test
    void refusesSizesThatAreNot() {
        assertThat(refusal(smallest().offset(NORM, 1))).contains(NORM, "beyond the end of its storage");
        assertThat(refusal(smallest().offset(NORM, Long.MAX_VALUE))).contains(NORM, "beyond the end");
        assertThat(refusal(smallest().elements(NORM, Long.MAX_VALUE))).contains(NORM, "beyond the end");
        assertThat(refusal(smallest().elements(NORM, 63))).contains(NORM, "beyond the end");
        assertThat(refusal(smallest().elements(NORM, -1))).contains("pickle");
        assertThat(refusal(smallest().offset(NORM, -1))).contains("pickle");
        assertThat(refusal(smallest().shape(NORM, 63L))).contains(NORM, "[63]", "[64]");
        assertThat(refusal(smallest().shape(NORM, 1L << 62))).contains(NORM, "[64]");
        assertThat(refusal(smallest().shape(TensorSpec.PATCH_POSITIONS, 1L << 62, 64L)))
                .contains(TensorSpec.PATCH_POSITIONS);
        assertThat(refusal(smallest().shape(TensorSpec.PATCH_POSITIONS, 1L << 20, 64L))).contains("beyond the end");
        assertThat(refusal(new CheckpointFixture(new ModelConfig(1, 1, 64, 31)))).contains("31", "32");
        assertThat(refusal(new CheckpointFixture(new ModelConfig(1, 1, 96, 32)))).contains("96", "64");
    }

    @Test
    void refusesTheSameOfTheTiedHead() {
        CheckpointFixture untied = smallest().values(TensorSpec.LM_HEAD, new float[128 * 64]);
        assertThat(refusal(untied.offset(TensorSpec.LM_HEAD, Long.MAX_VALUE))).contains(TensorSpec.LM_HEAD, "beyond");
        assertThat(refusal(untied.offset(TensorSpec.LM_HEAD, 1))).contains(TensorSpec.LM_HEAD, "beyond the end");
        float[] other = new float[128 * 64];
        other[77] = 1;
        assertThat(refusal(smallest().values(TensorSpec.LM_HEAD, other))).contains(TensorSpec.LM_HEAD, "ties");
    }

    @Test
    void refusesOtherTensors() {
        CheckpointFixture missing = smallest();
        missing.tensors.remove(NORM);
        assertThat(refusal(missing)).contains(NORM, "missing");
        CheckpointFixture extra = smallest();
        extra.tensors.put("a.lora", extra.tensors.get(NORM));
        assertThat(refusal(extra)).contains("'a.lora'");
        assertThat(refusal(smallest().inside(p -> p.text("steps").number(3)))).contains("'steps'", "no tensor");
        assertThat(refusal(smallest().inside(p -> p.number(3).number(4)))).contains("no name");
        assertThat(refusal(smallest().storageClass(NORM, "DoubleStorage"))).contains(NORM, "fp32");
        assertThat(refusal(smallest().with("patch_level_decoder.base.h.0.attn.c_proj.weight", old ->
                new StoredTensor(old.storage(), 0, old.shape(), List.of(1L, 64L))))).contains("c_proj", "contiguous");
    }

    @Test
    void ignoresWhatNotaGenDoesNotRead() throws IOException {
        CheckpointFixture masks = smallest();
        StoredTensor any = masks.tensors.get(NORM);
        masks.tensors.put("patch_level_decoder.base.h.0.attn.bias", any);
        masks.tensors.put("patch_level_decoder.base.h.0.attn.masked_bias", any);
        try (Weights weights = PthCheckpoint.open(FILE, masks.file())) {
            assertThat(weights.config()).isEqualTo(CheckpointFixture.SMALLEST);
        }
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] values = new float[64];
            values[63] = value;
            assertThat(refusal(smallest().values(NORM, values))).contains(NORM, String.valueOf(value), "element 63");
        }
    }

    @Test
    void refusesAnotherByteOrder() {
        assertThat(refusal(smallest().byteOrder("big"))).contains("'big'", "little-endian");
        assertThat(refusal(smallest().byteOrder("b\u0007"))).contains("byte order");
        assertThat(refusal(smallest().byteOrder("x".repeat(4000)))).contains("byteorder");
    }

    @Test
    void refusesMembersThatLie() {
        byte[] pickle = smallest().pickle();
        byte[] squeezed = new byte[pickle.length];
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[1 << 20]);
        deflater.finish();
        deflater.deflate(squeezed);
        deflater.end();
        assertThat(refusal(pickled(zip -> zip.lying("archive/data.pkl", 8, 1L << 40, squeezed)))).contains("data.pkl");
        assertThat(refusal(pickled(zip -> zip.lying("archive/data.pkl", 8, 1 << 20, squeezed)))).contains("compressed");
        assertThat(refusal(pickled(zip -> zip.lying("archive/data.pkl", 0, 1L << 40, pickle)))).contains("data.pkl");
        assertThat(refusal(new TorchZip().lying("archive/data.pkl", 0, 1 << 20, pickle).finish())).contains("beyond");
        assertThat(refusal(pickled(zip -> zip.member("archive/data.pkl", pickle).member("archive/data.pkl", pickle))))
                .contains("2 members");
        assertThat(refusal(pickled(zip -> zip.member("archive/data.pkl", pickle).member("archive/data/3", pickle))))
                .contains("archive/data/3", "2 times");
        assertThat(refusal(new TorchZip().member("archive/data.pkl", pickle).finish())).contains("missing");
        assertThat(refusal(new TorchZip().member("archive/other", pickle).finish())).contains("data.pkl");
    }

    @Test
    void namesOnlyWhatCanBePrinted() {
        String ugly = "\u001b[31m\n".repeat(3000);
        assertThat(refusal(new TorchZip().lying(ugly + "/data.pkl", 0, 1L << 40, new byte[3]).finish())).isNotEmpty();
        CheckpointFixture odd = smallest();
        odd.tensors.put(ugly, odd.tensors.get(NORM));
        assertThat(refusal(odd)).contains("?[31m?");
        CheckpointFixture elsewhere = smallest().with(NORM, old -> new StoredTensor(
                new StoredTensor.Storage(StorageType.FLOAT, "../../" + ugly, 64), 0, old.shape(), old.strides()));
        assertThat(refusal(elsewhere)).contains("missing");
    }

    @Test
    void refusesPicklesThatAreNoCheckpoint() {
        assertThat(refusal(new byte[0])).contains("cut off");
        assertThat(refusal(new PickleBytes().number(1).stop())).contains("'model'");
        assertThat(refusal(new PickleBytes().dict().text("model").number(1).op('s').stop())).contains("'model'");
        assertThat(refusal(new PickleBytes().dict().text("model").op(']').op('s').stop())).contains("'model'");
        assertThat(refusal(new PickleBytes().dict().text("model").op('N').op('s').stop())).contains("'model'");
        assertThat(refusal(new PickleBytes().stop())).contains("pickle");
        assertThat(refusal(new PickleBytes().op('s').stop())).contains("pickle");
        assertThat(refusal(new PickleBytes().recall(5).stop())).contains("pickle");
        assertThat(refusal(new PickleBytes().dict().dict().number(1).op('s').stop())).contains("pickle");
        assertThat(refusal(new PickleBytes().dict().op(')').number(1).op('s').stop())).contains("pickle");
    }

    @Test
    void refusesEveryNameButThose() {
        for (String name : List.of("builtins eval", "posix system", "os popen", "datetime datetime", "decimal Decimal",
                "_codecs encode", "copyreg _reconstructor", "torch load", "torch.storage UntypedStorage",
                "java.lang Runtime", "io.notagenbench.checkpoint CheckpointPickle")) {
            String[] parts = name.split(" ");
            assertThat(refusal(new PickleBytes().global(parts[0], parts[1]).text("true").op(0x85).reduce().stop()))
                    .contains("'" + parts[0] + "." + parts[1] + "'", "nothing of it was run");
        }
        for (int opcode : new int[] {'i', 'o', 0x81, 0x92, 0x93, 0x82, 0x83, 0x84, 'g', 'p', 'P', 'I', 'L', 'S', 'V',
            'B', 0x8d, 0x8e, 0x95, 0x96, 0x97, 0x98}) {
            assertThat(refusal(new PickleBytes().op(opcode).raw(new byte[40]).stop())).contains("opcode");
        }
        assertThat(refusal(new PickleBytes().global("torch", "FloatStorage").op(')').reduce().stop()))
                .contains("a storage is named, not called");
        assertThat(refusal(new PickleBytes().text("x").op(')').reduce().stop())).contains("pickle");
        assertThat(refusal(new PickleBytes().text("x").text("y").op('b').stop())).contains("pickle");
    }

    @Test
    void survivesNestsAndCycles() {
        assertThat(refusal(built(p -> {
            for (int i = 0; i < 300_000; i++) {
                p.op(']');
            }
            for (int i = 1; i < 300_000; i++) {
                p.op('a');
            }
        }))).contains("'model'");
        assertThat(refusal(built(p -> {
            p.op(')');
            for (int i = 0; i < 200_000; i++) {
                p.op(0x85);
            }
        }))).contains("'model'");
        assertThat(refusal(built(p -> p.op(']').remember(0).recall(0).op('a')))).contains("'model'");
        assertThat(refusal(built(p -> p.dict().remember(0).text("model").recall(0).op('s'))))
                .contains("'model'", "no tensor");
        // Billion laughs: every list holds the one before ten times.
        assertThat(refusal(built(p -> {
            p.op(']').remember(0);
            for (int i = 1; i < 1000; i++) {
                p.op(']').mark();
                for (int j = 0; j < 10; j++) {
                    p.recall(i - 1);
                }
                p.op('e').remember(i);
            }
        }))).contains("'model'");
        // The same as keys, which a dictionary would hash.
        assertThat(refusal(built(p -> {
            p.op(']').remember(0);
            for (int i = 1; i < 40; i++) {
                p.op(']').recall(i - 1).op('a').recall(i - 1).op('a').remember(i);
            }
            p.dict().recall(39).number(1).op('s');
        }))).contains("pickle");
    }

    @Test
    void takesNoMemoryForObjectsWithoutEnd() {
        byte[] dictionaries = new byte[30 << 20];
        Arrays.fill(dictionaries, (byte) '}');
        assertThat(refusal(built(p -> p.raw(dictionaries)))).contains("archive/data.pkl");
        byte[] fewer = Arrays.copyOf(dictionaries, 6 << 20);
        assertThat(refusal(built(p -> p.raw(fewer)))).contains("objects");
    }

    @Test
    void takesNoMemoryForADirectoryWithoutEnd() {
        TorchZip zip = smallest().storages(new TorchZip().member("archive/data.pkl", smallest().pickle()));
        for (int i = 0; i < 60_000; i++) {
            zip.zeros("archive/data/more" + i, 0);
        }
        assertThat(refusal(zip.finish())).contains("directory");
    }

    @Test
    void takesNoMemoryForLayersThatShareTheirStorages() {
        CheckpointFixture deep = new CheckpointFixture(new ModelConfig(400, 1, 64, 32));
        CheckpointFixture shallow = smallest();
        deep.tensors.replaceAll((name, tensor) ->
                shallow.tensors.get(name.replaceFirst("(patch_level_decoder.base.h[.])\\d+", "$10")));
        deep.storages.keySet().retainAll(shallow.storages.keySet());
        shallow.tensors.clear();
        shallow.tensors.putAll(deep.tensors);
        assertThat(refusal(shallow)).contains("its tensors claim");
    }

    @Test
    void spendsNoTimeOnTensorsWithoutEnd() {
        assertThat(refusal(built(p -> {
            p.mark();
            for (int i = 0; i < 100_000; i++) {
                p.op('K').op(1);
            }
            p.op('t').remember(0);
            p.dict().mark();
            for (int i = 0; i < 10_000; i++) {
                p.text("t" + i).global("torch._utils", "_rebuild_tensor_v2").mark().mark().text("storage")
                        .global("torch", "FloatStorage").text("0").text("cpu").number(1).op('t').op('Q').number(0)
                        .recall(0).recall(0).op('t').reduce();
            }
            p.op('u');
        }))).contains("pickle");
    }

    private static byte[] built(Consumer<PickleBytes> content) {
        PickleBytes pickle = new PickleBytes();
        content.accept(pickle);
        return pickle.stop();
    }
}
