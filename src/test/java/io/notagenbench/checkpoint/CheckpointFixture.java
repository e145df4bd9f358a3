package io.notagenbench.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A checkpoint as {@code torch.save} writes it, of zeros until it is filled, to be bent in one place by a test. */
final class CheckpointFixture {

    static final ModelConfig SMALLEST = new ModelConfig(1, 1, 64, 32);
    static final String PATCH_TOKENS = "patch_level_decoder.base.wte.weight";

    /** Tensors of the state dict by name; those of equal storage key share it. */
    final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    /** Bytes of the storages by key. */
    final Map<String, Long> storages = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, String> storageClasses = new LinkedHashMap<>();
    private String byteOrder = "little";
    private Consumer<PickleBytes> beside = pickle -> { };
    private Consumer<PickleBytes> inside = pickle -> { };
    private BiConsumer<PickleBytes, Runnable> top = (pickle, stateDict) -> {
        pickle.dict().mark().text("model");
        stateDict.run();
        beside.accept(pickle);
        pickle.op('u');
    };
    private BiConsumer<PickleBytes, StoredTensor> tensor = (pickle, stored) -> pickle.tensor(stored, "FloatStorage");
    private UnaryOperator<String> names = UnaryOperator.identity();
    private int protocol = 2;

    CheckpointFixture(ModelConfig config) {
        List<TensorSpec> specs = new ArrayList<>(TensorSpec.all(config));
        specs.add(1, new TensorSpec(PATCH_TOKENS, List.of(1, config.hidden())));
        for (TensorSpec spec : specs) {
            String key = String.valueOf(storages.size());
            storages.put(key, spec.elements() * Float.BYTES);
            List<Long> shape = spec.shape().stream().map(Integer::longValue).toList();
            tensors.put(spec.name(), new StoredTensor(new StoredTensor.Storage(StorageType.FLOAT, key, spec.elements()),
                    0, shape, strides(shape)));
        }
        tensors.put(TensorSpec.LM_HEAD, tensors.get(TensorSpec.CHAR_EMBEDDING));
    }

    static CheckpointFixture smallest() {
        return new CheckpointFixture(SMALLEST);
    }

    private static List<Long> strides(List<Long> shape) {
        List<Long> strides = new ArrayList<>();
        long step = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            strides.add(0, step);
            step *= shape.get(i);
        }
        return strides;
    }

    CheckpointFixture with(String name, UnaryOperator<StoredTensor> change) {
        tensors.put(name, change.apply(tensors.get(name)));
        return this;
    }

    CheckpointFixture shape(String name, Long... shape) {
        List<Long> sizes = List.of(shape);
        return with(name, old -> new StoredTensor(old.storage(), old.offset(), sizes, strides(sizes)));
    }

    CheckpointFixture offset(String name, long offset) {
        return with(name, old -> new StoredTensor(old.storage(), offset, old.shape(), old.strides()));
    }

    CheckpointFixture elements(String name, long elements) {
        return with(name, old -> new StoredTensor(
                new StoredTensor.Storage(StorageType.FLOAT, old.storage().key(), elements), old.offset(), old.shape(),
                old.strides()));
    }

    /** Gives a tensor a storage of its own with these values. */
    CheckpointFixture values(String name, float... values) {
        String key = "own" + contents.size();
        contents.put(key, bytes(values));
        return with(name, old -> new StoredTensor(new StoredTensor.Storage(StorageType.FLOAT, key, values.length), 0,
                old.shape(), old.strides()));
    }

    /** Gives a tensor a storage of its own with these values, in fp64. */
    CheckpointFixture doubles(String name, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        String key = "own" + contents.size();
        contents.put(key, bytes.array());
        return storageClass(name, "DoubleStorage").with(name, old -> new StoredTensor(
                new StoredTensor.Storage(StorageType.DOUBLE, key, values.length), 0, old.shape(), old.strides()));
    }

    private static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    CheckpointFixture storageClass(String name, String storageClass) {
        storageClasses.put(name, storageClass);
        return this;
    }

    CheckpointFixture byteOrder(String order) {
        byteOrder = order;
        return this;
    }

    /** Writes further keys and values of the top-level dictionary. */
    CheckpointFixture beside(Consumer<PickleBytes> items) {
        beside = items;
        return this;
    }

    /** Writes further keys and values of the state dict. */
    CheckpointFixture inside(Consumer<PickleBytes> items) {
        inside = items;
        return this;
    }

    /** What holds the state dict, which the second argument writes. */
    CheckpointFixture top(BiConsumer<PickleBytes, Runnable> structure) {
        top = structure;
        return this;
    }

    /** How a tensor is written. */
    CheckpointFixture tensor(BiConsumer<PickleBytes, StoredTensor> way) {
        tensor = way;
        return this;
    }

    /** Writes the names of the tensors otherwise. */
    CheckpointFixture names(UnaryOperator<String> change) {
        names = change;
        return this;
    }

    CheckpointFixture protocol(int number) {
        protocol = number;
        return this;
    }

    CheckpointFixture without(String name) {
        tensors.remove(name);
        return this;
    }

    /** Gives every storage numbers that differ from one to the next and from storage to storage. */
    CheckpointFixture filled() {
        storages.forEach((key, bytes) -> {
            FloatBuffer values = FloatBuffer.allocate((int) (bytes / Float.BYTES));
            for (int i = 0; i < values.capacity(); i++) {
                values.put(i, (float) Math.sin(i + 1000.0 * Integer.parseInt(key)));
            }
            contents.put(key, bytes(values.array()));
        });
        storages.keySet().removeAll(contents.keySet());
        return this;
    }

    byte[] pickle() {
        PickleBytes pickle = new PickleBytes(protocol);
        top.accept(pickle, () -> stateDict(pickle));
        return pickle.stop();
    }

    private void stateDict(PickleBytes pickle) {
        pickle.global("collections", "OrderedDict").op(')').reduce().mark();
        tensors.forEach((name, stored) -> {
            pickle.text(names.apply(name));
            if (storageClasses.containsKey(name)) {
                pickle.tensor(stored, storageClasses.get(name));
            } else {
                tensor.accept(pickle, stored);
            }
        });
        inside.accept(pickle);
        pickle.op('u').dict().text("_metadata").global("collections", "OrderedDict").op(')').reduce().op('s').op('b');
    }

    /** The archive without its pickle, to be finished. */
    TorchZip storages(TorchZip zip) {
        zip.member("archive/byteorder", byteOrder.getBytes(StandardCharsets.US_ASCII));
        storages.forEach((key, bytes) -> zip.zeros("archive/data/" + key, bytes));
        contents.forEach((key, bytes) -> zip.member("archive/data/" + key, bytes));
        return zip;
    }

    SparseFile file() {
        return storages(new TorchZip().member("archive/data.pkl", pickle())).finish();
    }
}
