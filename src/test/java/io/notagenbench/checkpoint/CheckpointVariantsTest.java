package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints as people save them: all have the same weights, to the last bit. */
class CheckpointVariantsTest {

    private static final String FILE = "variant.pth";
    private static final String DEAD = CheckpointFixture.PATCH_TOKENS;
    private static final Map<String, float[]> PLAIN = weights(CheckpointFixture.smallest().filled().file());

    /** A way to save, in words. */
    private record Way(String words, Consumer<CheckpointFixture> change) {

        static Way of(String words, Consumer<CheckpointFixture> change) {
            return new Way(words, change);
        }

        /** Something beside the model. */
        static Way beside(String words, Consumer<PickleBytes> value) {
            return of(words + " beside the model", fixture -> fixture.beside(p -> value.accept(p.text("extra"))));
        }

        /** The state dict within something. */
        static Way top(String words, BiConsumer<PickleBytes, Runnable> top) {
            return of(words, fixture -> fixture.top(top));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static Map<String, float[]> weights(SparseFile file) {
        Map<String, float[]> weights = new TreeMap<>();
        try (Weights read = Checkpoint.open(FILE, file)) {
            assertThat(read.config()).isEqualTo(CheckpointFixture.SMALLEST);
            for (TensorSpec spec : TensorSpec.all(read.config())) {
                float[] values = new float[(int) spec.elements()];
                read.read(spec, FloatBuffer.wrap(values));
                weights.put(spec.name(), values);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return weights;
    }

    private static void assertSameWeights(SparseFile file) {
        Map<String, float[]> weights = weights(file);
        assertThat(weights.keySet()).isEqualTo(PLAIN.keySet());
        weights.forEach((name, values) -> assertThat(values).as(name).isEqualTo(PLAIN.get(name)));
    }

    private static BiConsumer<PickleBytes, Runnable> under(String... keys) {
        return (p, stateDict) -> {
            for (String key : keys) {
                p.dict().mark().text("epoch").op('K').op(3).text(key);
            }
            stateDict.run();
            for (String key : keys) {
                p.text("step").op('K').op(4).op('u');
            }
        };
    }

    static Stream<Way> places() {
        return Stream.of(
                Way.top("a bare state dict", (p, stateDict) -> stateDict.run()),
                Way.top("key state_dict", under("state_dict")),
                Way.top("key model_state_dict", under("model_state_dict")),
                Way.top("key net", under("net")),
                Way.top("key module, as DeepSpeed has it", under("module")),
                Way.top("a checkpoint within a checkpoint", under("checkpoint", "model")),
                Way.top("four keys deep", under("a", "b", "c", "d")),
                Way.top("a pair of state dict and epoch", (p, stateDict) -> {
                    stateDict.run();
                    p.op('K').op(3).op(0x86);
                }),
                Way.top("a list", (p, stateDict) -> {
                    p.op(']').mark().op('N');
                    stateDict.run();
                    p.op('e');
                }),
                Way.top("a namespace", (p, stateDict) -> p.object("argparse", "Namespace", fields -> {
                    fields.text("model");
                    stateDict.run();
                })),
                Way.top("a dictionary of a class of its own", (p, stateDict) -> {
                    p.global("easydict", "EasyDict").op(')').op(0x81).mark().text("model");
                    stateDict.run();
                    p.op('u').dict().op('b');
                }),
                Way.top("a default dictionary", (p, stateDict) -> {
                    p.call("collections", "defaultdict", arguments -> arguments.global("builtins", "dict")).mark().text("model");
                    stateDict.run();
                    p.op('u');
                }),
                Way.top("the same state dict under two keys", (p, stateDict) -> {
                    p.dict().mark().text("net");
                    stateDict.run();
                    p.text("best");
                    stateDict.run();
                    p.op('u');
                }),
                Way.of("moments by the names of the weights", fixture -> fixture.top((p, stateDict) -> {
                    p.dict().mark().text("net");
                    stateDict.run();
                    p.text("optimizer").dict().mark().text("exp_avg").dict().mark();
                    otherTensors(fixture, p);
                    p.op('u').op('u').op('u');
                })),
                Way.of("an average beside the key model", fixture -> fixture.beside(p -> {
                    p.text("ema").dict().mark();
                    otherTensors(fixture, p);
                    p.op('u');
                })),
                Way.of("an average with a prefix in the same dictionary", fixture -> fixture.inside(p ->
                        fixture.tensors.forEach((name, tensor) -> p.text("ema." + name).tensor(moved(tensor), "FloatStorage")))));
    }

    private static void otherTensors(CheckpointFixture fixture, PickleBytes pickle) {
        fixture.tensors.forEach((name, tensor) -> pickle.text(name).tensor(moved(tensor), "FloatStorage"));
    }

    /** A tensor of the same shape with other values. */
    private static StoredTensor moved(StoredTensor tensor) {
        return new StoredTensor(new StoredTensor.Storage(StorageType.FLOAT, "0", tensor.storage().elements()), 1,
                tensor.shape(), tensor.strides());
    }

    static Stream<Way> names() {
        return Stream.of("module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module.", "_orig_mod.module._orig_mod.",
                "module.module.", "model.", "model.module.", "_orig_mod.net.", "base_model.model.", "_fsdp_wrapped_module.")
                .map(prefix -> Way.of("prefix " + prefix, fixture -> fixture.names(name -> prefix + name)));
    }

    static Stream<Way> tensors() {
        return Stream.of(
                Way.of("only a decoder is compiled", fixture -> fixture.names(name ->
                        name.replace("patch_level_decoder.", "patch_level_decoder._orig_mod."))),
                Way.of("each block is wrapped", fixture -> fixture.names(name ->
                        name.replaceAll("[.]h[.](\\d+)[.]", ".h.$1._checkpoint_wrapped_module."))),
                Way.of("parameters", fixture -> fixture.tensor((p, tensor) -> p.call("torch._utils", "_rebuild_parameter",
                        arguments -> arguments.tensor(tensor, "FloatStorage").op(0x88)
                                .call("collections", "OrderedDict", none -> { })))),
                Way.of("parameters with attributes", fixture -> fixture.tensor((p, tensor) ->
                        p.call("torch._utils", "_rebuild_parameter_with_state", arguments -> arguments
                                .tensor(tensor, "FloatStorage").op(0x88).call("collections", "OrderedDict", none -> { })
                                .dict().text("tag").op('N').op('s')))),
                Way.of("buffers", fixture -> fixture.tensor((p, tensor) ->
                        p.call("torch._tensor", "_rebuild_from_type_v2", arguments -> arguments
                                .global("torch._utils", "_rebuild_tensor_v2").global("torch", "Tensor")
                                .mark().storage(tensor, "FloatStorage").number(tensor.offset()).numbers(tensor.shape())
                                .numbers(tensor.strides()).op(0x89).dict().op('t')
                                .dict().text("_is_buffer").op(0x88).op('s')))),
                Way.of("no dead embedding", fixture -> fixture.without(DEAD)),
                Way.of("no tied head", fixture -> fixture.without(TensorSpec.LM_HEAD)),
                Way.of("the tied head alone", fixture -> fixture.without(TensorSpec.CHAR_EMBEDDING)),
                Way.of("neither dead embedding nor tied head", fixture -> fixture.without(DEAD).without(TensorSpec.LM_HEAD)),
                Way.of("tensors of other modules", fixture -> fixture.inside(p -> {
                    p.text("n_averaged").tensor(fixture.tensors.get(DEAD), "LongStorage");
                    p.text("value_head.weight").tensor(fixture.tensors.get(DEAD), "FloatStorage");
                })),
                Way.of("masks and counters", fixture -> fixture.inside(p -> {
                    p.text("patch_level_decoder.base.h.0.attn.masked_bias").tensor(fixture.tensors.get(DEAD), "FloatStorage");
                    p.text("char_level_decoder.base.transformer.position_ids").tensor(fixture.tensors.get(DEAD), "LongStorage");
                })),
                Way.of("values that are not tensors", fixture -> fixture.inside(p -> {
                    p.text("_extra_state").op('N').text("steps").op('K').op(3).op('K').op(3).op('K').op(4);
                    p.text("patch_level_decoder._extra_state").call("__main__", "State", arguments -> { });
                })));
    }

    static Stream<Way> others() {
        return Stream.of(
                Way.beside("a number of numpy", p -> p.call("numpy.core.multiarray", "scalar", arguments -> {
                    arguments.call("numpy", "dtype", type -> type.text("f8").op(0x89).op(0x88)).mark().op('K').op(3).text("<")
                            .op('N').op('t').op('b');
                    arguments.call("_codecs", "encode", bytes -> bytes.text("\u00d0\u003f").text("latin1"));
                })),
                Way.beside("a number of numpy 2", p -> p.call("numpy._core.multiarray", "scalar", arguments ->
                        arguments.global("numpy", "dtype").op('C').op(2).raw(new byte[2]))),
                Way.beside("an array of numpy", p -> p.call("numpy.core.multiarray", "_reconstruct", arguments ->
                        arguments.global("numpy", "ndarray").op('K').op(0).op(0x85).op('C').op(1).op('b')).op('N').op(0x85).op('b')),
                Way.beside("a random state of numpy", p -> p.call("numpy.random._pickle", "__randomstate_ctor", arguments ->
                        arguments.call("numpy.random._pickle", "__bit_generator_ctor", name -> name.text("MT19937")))),
                Way.beside("sets", p -> p.op(0x8f).mark().op('K').op(1).text("a").op(0x90).mark().op('N').op(0x91).op(0x86)),
                Way.beside("a set of protocol 2", p -> p.call("__builtin__", "set", arguments -> arguments.op(']'))),
                Way.beside("a size, a type and a device", p -> p.mark()
                        .call("torch", "Size", arguments -> arguments.numbers(List.of(1L, 2L))).global("torch", "bfloat16")
                        .call("torch", "device", arguments -> arguments.text("cuda")).op('t')),
                Way.beside("paths", p -> p.mark().call("pathlib", "PosixPath", arguments -> arguments.text("/"))
                        .call("pathlib._local", "WindowsPath", arguments -> arguments.text("c:")).op('t')),
                Way.beside("arguments", p -> p.object("argparse", "Namespace", fields -> fields.text("lr").op('G').raw(new byte[8]))),
                Way.beside("an object of the script", p -> p.object("__main__", "Config", fields -> fields.text("lr").op('N'))),
                Way.beside("an object made with keywords", p ->
                        p.global("__main__", "Config").op(')').dict().text("a").op('N').op('s').op(0x92)),
                Way.beside("functions, named and not called", p -> p.mark().global("__main__", "trace").global("torch.nn.functional",
                        "gelu").global("torch._utils", "torch.contiguous_format").global("builtins", "len").op('t')),
                Way.beside("an enumeration", p -> p.call("__main__", "Config.Mode", arguments -> arguments.text("train"))),
                Way.beside("an inner class of protocol 2", p -> p.call("__builtin__", "getattr", arguments ->
                        arguments.global("__main__", "Config").text("Inner")).op(')').op(0x81)),
                Way.beside("a configuration of OmegaConf", p -> p.object("omegaconf.dictconfig", "DictConfig", fields ->
                        fields.text("_metadata").object("omegaconf.base", "ContainerMetadata", metadata ->
                                metadata.text("ref_type").global("typing", "Any").text("key_type").global("builtins", "int")))),
                Way.beside("hyperparameters of Lightning", p ->
                        p.global("lightning.fabric.utilities.data", "AttributeDict").op(')').op(0x81).mark().text("lr").op('N')
                                .op('u')),
                Way.beside("dates", p -> p.call("datetime", "datetime", arguments -> arguments.op('C').op(1).op(0).call("datetime",
                        "timezone", zone -> zone.call("datetime", "timedelta", delta -> delta.op('K').op(0))))),
                Way.beside("other objects of Python", p -> p.mark()
                        .call("collections", "deque", arguments -> arguments.op(']')).op(']').mark().op('N').op('e').op('a')
                        .call("collections", "Counter", arguments -> arguments.dict()).call("decimal", "Decimal", a -> a.text("1"))
                        .object("uuid", "UUID", fields -> fields.text("int").number(5))
                        .call("builtins", "slice", a -> a.op('N')).call("builtins", "bytearray", a -> a.op('C').op(1).op(0))
                        .call("exceptions", "ValueError", a -> a.text("x")).call("functools", "partial", a -> a.global("torch", "load"))
                        .call("operator", "getitem", a -> a.global("typing", "Union").op('N'))
                        .call("copy_reg", "_reconstructor", a -> a.global("__main__", "Config").global("builtins", "object").op('N'))
                        .op('t')),
                Way.beside("tensors of other kinds", p -> p.mark()
                        .call("torch._utils", "_rebuild_sparse_tensor", arguments -> arguments.op('N'))
                        .call("torch._utils", "_rebuild_qtensor", arguments -> arguments.op('N'))
                        .call("torch._C", "Generator", arguments -> arguments.call("torch", "device", a -> a.text("cpu"))).op('t')),
                Way.beside("an optimizer and a module", p -> p.object("torch.optim.adamw", "AdamW", fields -> fields.text("state")
                        .object("torch.nn.modules.linear", "Linear", module ->
                                module.text("_parameters").dict().text("_modules").dict()))),
                Way.beside("keys that are not text", p -> p.dict().mark().op('N').op('K').op(1).op(0x88).op('K').op(2)
                        .op('K').op(1).op(0x85).op('N').op('G').raw(new byte[8]).op('N').op('u')),
                Way.beside("large numbers", p -> p.op(0x8a).op(9).raw(new byte[9]).op(0x8b).int32(300).raw(new byte[300])
                        .op('M').op(1).op(1).op('J').int32(-5).op('0').op(0x87)),
                Way.beside("bytes", p -> p.op('B').int32(3).raw(new byte[3]).op(0x8e).raw(longs(3)).raw(new byte[3])
                        .op(0x96).raw(longs(3)).raw(new byte[3]).op(0x87)),
                Way.beside("a long text", p -> p.op(0x8d).raw(longs(3)).raw("\u00e4b".getBytes(StandardCharsets.UTF_8))),
                Way.beside("whole numbers of protocol 1", p -> p.op('I').raw("01\n".getBytes(StandardCharsets.US_ASCII))
                        .op('L').raw("12345678901234567890L\n".getBytes(StandardCharsets.US_ASCII)).op(0x86)));
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    @ParameterizedTest
    @MethodSource({"places", "names", "tensors", "others"})
    void hasTheSameWeightsInEveryProtocol(Way way) {
        IntStream.rangeClosed(2, 5).forEach(protocol -> {
            CheckpointFixture fixture = CheckpointFixture.smallest().filled().protocol(protocol);
            way.change.accept(fixture);
            assertSameWeights(fixture.file());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void hasTheSameWeightsInEveryProtocolAndAllAtOnce(int protocol) {
        CheckpointFixture fixture = CheckpointFixture.smallest().filled().protocol(protocol).without(DEAD)
                .without(TensorSpec.LM_HEAD).names(name -> "model._orig_mod.module." + name).top(under("hyper", "state_dict"));
        assertSameWeights(fixture.file());
    }

    /** A transposed matrix, a matrix cut out of a wider one, and a row that is repeated. */
    @Test
    void readsViewsInRowOrder() {
        String projection = "patch_level_decoder.base.h.0.attn.c_proj.weight";
        for (List<Long> strides : List.of(List.of(1L, 64L), List.of(128L, 1L), List.of(128L, 2L), List.of(0L, 1L))) {
            CheckpointFixture fixture = CheckpointFixture.smallest().filled();
            StoredTensor large = fixture.tensors.get("patch_level_decoder.base.h.0.attn.c_attn.weight");
            fixture.with(projection, old -> new StoredTensor(large.storage(), 7, old.shape(), strides));
            float[] stored = PLAIN.get("patch_level_decoder.base.h.0.attn.c_attn.weight");
            float[] read = weights(fixture.file()).get(projection);
            for (int row = 0; row < 64; row++) {
                for (int column = 0; column < 64; column++) {
                    assertThat(read[row * 64 + column])
                            .isEqualTo(stored[(int) (7 + row * strides.get(0) + column * strides.get(1))]);
                }
            }
        }
    }

    @Test
    void roundsDoublesAsPyTorchDoes() {
        String norm = "patch_level_decoder.base.ln_f.weight";
        double[] doubles = IntStream.range(0, 64).mapToDouble(i -> Math.PI * Math.pow(-3, i % 20 - 10)).toArray();
        float[] read = weights(CheckpointFixture.smallest().doubles(norm, doubles).file()).get(norm);
        for (int i = 0; i < doubles.length; i++) {
            assertThat(read[i]).isEqualTo((float) doubles[i]);
        }
        doubles[63] = 1e300;
        assertThatThrownBy(() -> weights(CheckpointFixture.smallest().doubles(norm, doubles).file()))
                .isInstanceOf(Fault.class).hasMessageContaining(norm + " holds Infinity at element 63");
    }

    /** What the original loads with its own code; everything else is written anew for it. */
    @Test
    void knowsTheFilesThatTheOriginalReads(@TempDir Path folder) throws IOException {
        assertThat(original(folder, CheckpointFixture.smallest())).isTrue();
        assertThat(original(folder, CheckpointFixture.smallest().protocol(4).beside(p -> p.text("epoch").op('N')))).isTrue();
        assertThat(original(folder, CheckpointFixture.smallest().top(under("state_dict")))).isFalse();
        assertThat(original(folder, CheckpointFixture.smallest().names(name -> "module." + name))).isFalse();
        assertThat(original(folder, CheckpointFixture.smallest().without(DEAD))).isFalse();
        assertThat(original(folder, CheckpointFixture.smallest().without(TensorSpec.LM_HEAD))).isFalse();
        assertThat(original(folder, CheckpointFixture.smallest().inside(p ->
                p.text("value_head.weight").tensor(CheckpointFixture.smallest().tensors.get(DEAD), "FloatStorage")))).isFalse();
        assertThat(original(folder, CheckpointFixture.smallest().beside(p ->
                p.text("args").object("argparse", "Namespace", fields -> { })))).isFalse();
    }

    private static boolean original(Path folder, CheckpointFixture fixture) throws IOException {
        Path file = folder.resolve("given.pth");
        ByteBuffer content = ByteBuffer.allocate((int) fixture.file().size());
        fixture.file().read(content);
        Files.write(file, content.array());
        try (Weights weights = ModelSource.open(file.toString())) {
            assertThat(weights.original().stream()).allMatch(file::equals);
            return weights.original().isPresent();
        }
    }

    /** Nobody knows which of them is meant. */
    @Test
    void refusesTwoModels() {
        CheckpointFixture two = CheckpointFixture.smallest();
        assertRefused(two.top((p, stateDict) -> {
            p.dict().mark().text("net");
            stateDict.run();
            p.text("best").dict().mark();
            otherTensors(two, p);
            p.op('u').op('u');
        }), "more than one model", "'net'", "'best'", "torch.save");
        CheckpointFixture prefixes = CheckpointFixture.smallest().names(name -> "model." + name);
        assertRefused(prefixes.inside(p -> prefixes.tensors.forEach((name, tensor) ->
                p.text("ema." + name).tensor(moved(tensor), "FloatStorage"))), "more than one model", "'model'", "'ema'");
        CheckpointFixture wrapped = CheckpointFixture.smallest();
        assertRefused(wrapped.inside(p -> p.text("module." + DEAD).tensor(moved(wrapped.tensors.get(DEAD)), "FloatStorage")),
                "two tensors " + DEAD, "'module." + DEAD + "'");
    }

    @Test
    void saysWhatItFoundInsteadOfAModel() {
        assertRefused(top(p -> p.object("utils", "NotaGen", fields ->
                fields.text("_parameters").dict().text("_modules").dict())),
                "an object of the class utils.NotaGen at the top", "the module itself", "module.state_dict()");
        assertRefused(top(p -> p.dict().text("model").object("utils", "NotaGen", fields ->
                fields.text("_parameters").dict().text("_modules").dict()).op('s')), "utils.NotaGen under 'model'");
        assertRefused(top(p -> p.dict().mark().text("epoch").op('N').text("loss").op('N').text("a").op('N').text("b").op('N')
                .text("c").op('N').op('u')), "'model'", "'epoch', 'loss', 'a' and 2 more");
        CheckpointFixture other = CheckpointFixture.smallest();
        assertRefused(other.names(name -> name.replace("_level_decoder", "_decoder")),
                "other names", "'patch_decoder.patch_embedding.weight'");
        assertRefused(top(p -> p.op(']')), "a list");
        assertRefused(top(p -> p.op('N')), "None");
        assertRefused(top(p -> p.text("hello")), "a text");
        assertRefused(top(p -> p.global("utils", "NotaGen")), "the name utils.NotaGen");
    }

    private static CheckpointFixture top(Consumer<PickleBytes> content) {
        return CheckpointFixture.smallest().top((p, stateDict) -> content.accept(p));
    }

    private static void assertRefused(CheckpointFixture fixture, String... words) {
        assertThatThrownBy(() -> weights(fixture.file())).isInstanceOf(Fault.class).message().startsWith(FILE + " ")
                .matches("[ -~]{20,400}").contains(words);
    }
}
