package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that somebody bent on purpose: each gives one sentence that names the file and the cause. */
class HostileCheckpointTest {

    private static final String NORM = "patch_level_decoder.base.ln_f.weight";
    private static final String FILE = "bent.pth";

    private static String refusal(SparseFile file) {
        Throwable thrown = catchThrowable(() -> {
            try (Weights weights = Checkpoint.open(FILE, file)) {
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
        try (Weights weights = Checkpoint.open(FILE, smallest().file())) {
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
        assertThat(refusal(smallest().without(NORM))).contains(NORM, "missing");
        for (String name : List.of("patch_level_decoder.base.h.2.ln_1.weight", "char_level_decoder.base.lm_head.bias")) {
            CheckpointFixture extra = smallest();
            extra.tensors.put(name, extra.tensors.get(NORM));
            assertThat(refusal(extra)).contains("'" + name + "'", "does not have");
        }
        CheckpointFixture adapted = smallest();
        adapted.tensors.put("patch_level_decoder.base.h.0.attn.c_attn.lora_A.weight", adapted.tensors.get(NORM));
        assertThat(refusal(adapted)).contains("LoRA", "c_attn.lora_A.weight", "merge_and_unload()");
        assertThat(refusal(smallest().storageClass(NORM, "CharStorage"))).contains(NORM, "int8", "fp32");
        assertThat(refusal(smallest().storageClass(NORM, "QInt8Storage"))).contains(NORM, "another format");
        assertThat(refusal(smallest().without(NORM).inside(p -> p.text(NORM)
                .call("torch._utils", "_rebuild_sparse_tensor", arguments -> { }))))
                .contains(NORM, "not a plain tensor", "torch._utils._rebuild_sparse_tensor");
        assertThat(refusal(smallest().tensor((p, tensor) -> p.call("torch._tensor", "_rebuild_from_type_v2", arguments ->
                arguments.global("torch._utils", "_rebuild_wrapper_subclass").global("torch.distributed.tensor", "DTensor")
                        .op(')').dict()))))
                .contains("not a plain tensor but an object of the class torch.distributed.tensor.DTensor");
    }

    @Test
    void refusesViewsThatReachBeyondTheirStorageOrLieFarApart() {
        String projection = "patch_level_decoder.base.h.0.attn.c_proj.weight";
        for (long stride : new long[] {65, 129, Long.MAX_VALUE}) {
            assertThat(refusal(smallest().with(projection, old ->
                    new StoredTensor(old.storage(), 0, old.shape(), List.of(1L, stride))))).contains(projection);
        }
        CheckpointFixture wide = smallest();
        StoredTensor large = wide.tensors.get(TensorSpec.PATCH_EMBEDDING);
        assertThat(refusal(wide.with(projection, old ->
                new StoredTensor(large.storage(), 0, old.shape(), List.of(1L, 2048L))))).contains("far apart", "contiguous()");
    }

    @Test
    void ignoresWhatNotaGenDoesNotRead() throws IOException {
        CheckpointFixture masks = smallest();
        StoredTensor any = masks.tensors.get(NORM);
        masks.tensors.put("patch_level_decoder.base.h.0.attn.bias", any);
        masks.tensors.put("patch_level_decoder.base.h.0.attn.masked_bias", any);
        try (Weights weights = Checkpoint.open(FILE, masks.file())) {
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
        odd.tensors.put("patch_level_decoder." + ugly, odd.tensors.get(NORM));
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
        assertThat(refusal(new PickleBytes().dict().dict().number(1).op('s').stop())).contains("'model'", "empty");
        assertThat(refusal(new PickleBytes().dict().mark().number(1).op('u').stop())).contains("pickle");
        assertThat(refusal(new PickleBytes().dict().op(')').number(1).op('s').stop())).contains("empty");
    }

    /** Beside a whole model, in every protocol: named, called, made, or handed to something that may be called. */
    @ParameterizedTest
    @CsvSource({"posix, system", "nt, system", "os, popen", "builtins, eval", "builtins, exec", "builtins, __import__",
        "__builtin__, eval", "builtins, open", "builtins, compile", "builtins, setattr", "subprocess, Popen",
        "commands, getoutput", "importlib, import_module", "sys, exit", "shutil, rmtree", "socket, socket", "ctypes, CDLL",
        "webbrowser, open", "runpy, _run_code", "code, InteractiveInterpreter", "pickle, loads", "marshal, loads",
        "types, FunctionType", "operator, attrgetter", "functools, reduce", "typing, get_type_hints", "pathlib, os.system",
        "datetime, sys.modules", "multiprocessing.pool, Pool", "torch.serialization, os.system",
        "omegaconf, subprocess.Popen", "__main__, os.system"})
    void refusesNamesOfPythonThatACheckpointDoesNotNeed(String module, String name) {
        List<Consumer<PickleBytes>> uses = List.of(
                p -> p.global(module, name),
                p -> p.call(module, name, arguments -> arguments.text("true")),
                p -> p.object(module, name, fields -> { }),
                p -> p.call("functools", "partial", arguments -> arguments.global(module, name)),
                p -> p.op(']').global(module, name).op('a'));
        for (int protocol = 2; protocol <= 5; protocol++) {
            for (Consumer<PickleBytes> use : uses) {
                assertThat(refusal(smallest().protocol(protocol).beside(p -> use.accept(p.text("epoch")))))
                        .contains("'" + module + "." + name + "'", "nothing of it was run");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"torch, load", "torch.hub, load", "torch.utils.collect_env, run", "torch.storage, _load_from_bytes",
        "torch, FloatStorage.from_file", "numpy, load", "numpy.f2py.crackfortran, _eval_length",
        "numpy.testing._private.utils, runstring", "pip, main", "cloudpickle.cloudpickle, _make_function", "__main__, run",
        "dill._dill, _create_function", "__main__, Config.run", "__main__, run.Config", "torch.nn, Linear.forward"})
    void refusesToSkipCallsOfFunctions(String module, String name) {
        for (int protocol : new int[] {2, 4}) {
            assertThat(refusal(smallest().protocol(protocol).beside(p -> p.text("epoch").call(module, name, arguments -> { }))))
                    .contains("the function '" + module + "." + name + "'", "nothing of it was run");
        }
    }

    @Test
    void refusesCallsThroughOthers() {
        Consumer<PickleBytes> made = p -> p.call("functools", "partial", arguments -> arguments.global("torch", "load"));
        assertThat(refusal(beside(p -> {
            made.accept(p);
            p.op(')').reduce();
        }))).contains("calls something that is not a class or a function", "nothing of it was run");
        assertThat(refusal(beside(p -> p.call("builtins", "getattr",
                arguments -> arguments.global("__main__", "Config").text("run")).op(')').reduce())))
                .contains("'__main__.Config.run'");
        assertThat(refusal(beside(p -> p.call("builtins", "getattr",
                arguments -> arguments.global("pathlib", "Path").text("unlink"))))).contains("'pathlib.Path.unlink'");
        assertThat(refusal(beside(p -> p.call("torch._tensor", "_rebuild_from_type_v2", arguments -> arguments
                .global("torch", "load").global("torch", "Tensor").op(')').dict()).op(')').reduce()))).contains("calls something");
        assertThat(refusal(beside(p -> p.global("__main__", "Config").dict().op('b')))).contains("changes '__main__.Config'");
        assertThat(refusal(beside(p -> p.text("sum").op(')').op(0x81)))).contains("not a class");
    }

    private static CheckpointFixture beside(Consumer<PickleBytes> value) {
        return smallest().beside(p -> value.accept(p.text("epoch")));
    }

    /** Names that would be quick to write and slow to look at. */
    @Test
    void refusesNamesWithoutEnd() {
        String part = "A.".repeat(20_000) + "A";
        assertThat(refusal(beside(p -> {
            p.text("__main__").remember(0).text(part).remember(1);
            for (int i = 0; i < 100_000; i++) {
                p.recall(0).recall(1).op(0x93);
            }
        }))).contains("more than 300 characters");
        assertThat(refusal(beside(p -> {
            p.global("builtins", "getattr").remember(0).op('0').text("A").remember(1).op('0').global("__main__", "A").remember(2);
            for (int i = 0; i < 100_000; i++) {
                p.op('0').recall(0).recall(2).recall(1).op(0x86).reduce().remember(2);
            }
        }))).contains("more than 300 characters");
    }

    @Test
    void refusesOpcodesThatTorchSaveDoesNotWrite() {
        for (int opcode : new int[] {'i', 'o', 'd', 'l', '2', 0x82, 0x83, 0x84, 'g', 'p', 'P', 'F', 'S', 'V', 'T', 0x97, 0x98}) {
            assertThat(refusal(new PickleBytes().op(opcode).raw(new byte[40]).stop())).contains("opcode");
        }
        assertThat(refusal(new PickleBytes(6).stop())).contains("protocol 6");
        for (int opcode : new int[] {0x8d, 0x8e, 0x96}) {
            for (long length : new long[] {100, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
                assertThat(refusal(new PickleBytes().op(opcode).raw(longs(length)).stop())).contains("cut off");
            }
        }
        assertThat(refusal(new PickleBytes().op('B').int32(-1).stop())).contains("cut off");
        assertThat(refusal(new PickleBytes().op('L').raw("9".repeat(500_000).getBytes(StandardCharsets.US_ASCII)).op('\n')
                .stop())).contains("digits");
        assertThat(refusal(new PickleBytes().op('I').raw(new byte[] {'x', '\n'}).stop())).contains("damaged");
        assertThat(refusal(new PickleBytes().global("torch", "FloatStorage").op(')').reduce().global("torch", "load")
                .op(')').reduce().stop())).contains("'torch.load'");
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
                .contains("'model'");
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
        }))).contains("'model'");
        // The same in sets, and as the state of objects.
        assertThat(refusal(built(p -> {
            p.op(']').remember(0);
            for (int i = 1; i < 40; i++) {
                p.mark().recall(i - 1).recall(i - 1).op(0x91).remember(i);
            }
            p.op(0x8f).mark().recall(39).op(0x90);
        }))).contains("'model'");
        assertThat(refusal(built(p -> {
            p.op(']').remember(0);
            for (int i = 1; i < 40; i++) {
                p.object("__main__", "Node", fields -> { }).dict().text("a").recall(0).op('s').op('b').remember(i);
            }
        }))).contains("'model'");
    }

    /** To copy a large state into each of many objects would take the square of both. */
    @Test
    void takesNoMemoryForAStateThatManyObjectsShare() {
        assertThat(refusal(built(p -> {
            p.dict().mark();
            for (int i = 0; i < 50_000; i++) {
                p.text("key" + i).op('N');
            }
            p.op('u').remember(0).op('0').op(']').mark().global("__main__", "Node").remember(1).op('0');
            for (int i = 0; i < 100_000; i++) {
                p.recall(1).op(')').op(0x81).recall(0).op('b');
            }
            p.op('e');
        }))).contains("'model'");
    }

    /** A list that grows by one element at a time, and a stack that is cut by one at a time. */
    @Test
    void spendsNoTimeOnManySmallSteps() {
        assertThat(refusal(built(p -> {
            p.op(']');
            for (int i = 0; i < 300_000; i++) {
                p.mark().op('N').op('e');
            }
        }))).contains("'model'");
        assertThat(refusal(built(p -> {
            for (int i = 0; i < 300_000; i++) {
                p.op('N');
            }
            for (int i = 0; i < 300_000; i++) {
                p.mark().op('1');
            }
        }))).contains("'model'");
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
        }))).contains("'model'");
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    private static byte[] built(Consumer<PickleBytes> content) {
        PickleBytes pickle = new PickleBytes();
        content.accept(pickle);
        return pickle.stop();
    }
}
