package io.notagenbench.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * The object that {@code torch.save} pickled, with every tensor as a {@link StoredTensor}. Executes nothing but what
 * {@link PickleGuard} has let through.
 */
final class CheckpointPickle extends Unpickler {

    private static final int MOST_DIMENSIONS = 8;

    static {
        PickleGuard.NAMES.stream().filter(name -> name.endsWith("Storage"))
                .forEach(name -> register(name, StorageType.of(name)));
        register("collections.OrderedDict", CheckpointPickle::dictionary);
        register("torch._utils._rebuild_tensor_v2", CheckpointPickle::tensor);
    }

    /** A dictionary. The only state of one is metadata about module versions. Public because the library calls it. */
    public static final class Dictionary extends LinkedHashMap<Object, Object> {

        private static final long serialVersionUID = 1L;

        /** Keys are names and numbers: a nest of lists used as a key would be hashed for ever. */
        private void set(Object key, Object value) {
            if (!(key instanceof String || key instanceof Integer || key instanceof Long)) {
                throw new PickleException("a dictionary with a key that is neither a name nor a number");
            }
            put(key, value);
        }

        /** Takes the {@code _metadata} that PyTorch attaches, and forgets it. */
        public void __setstate__(Dictionary state) {
            // Module versions do not matter to weights that are checked by name and shape.
        }
    }

    private static void register(String name, IObjectConstructor constructor) {
        int dot = name.lastIndexOf('.');
        registerConstructor(name.substring(0, dot), name.substring(dot + 1), constructor);
    }

    /** @throws UnsafePickleException if the pickle is not what {@code torch.save} writes */
    static Object read(byte[] pickle) throws UnsafePickleException {
        PickleGuard.check(pickle);
        try {
            return new CheckpointPickle().load(new ByteArrayInputStream(pickle));
        } catch (PickleException e) {
            throw new UnsafePickleException("its pickle is damaged: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new UnsafePickleException("its pickle is damaged: its objects do not fit together");
        }
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case '}' -> stack.add(new Dictionary());
            case 's' -> {
                Object value = stack.pop();
                Object key = stack.pop();
                ((Dictionary) stack.peek()).set(key, value);
            }
            case 'u' -> setItems(stack.pop_all_since_marker());
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private void setItems(List<Object> keysAndValues) {
        Dictionary dictionary = (Dictionary) stack.peek();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dictionary.set(keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    @Override
    protected Object persistentLoad(Object id) {
        if (id instanceof Object[] parts && parts.length == 5 && "storage".equals(parts[0])
                && parts[1] instanceof StorageType type && parts[2] instanceof String key) {
            return new StoredTensor.Storage(type, key, number(parts[4]));
        }
        throw new PickleException("a persistent id that names no storage");
    }

    private static Object dictionary(Object[] arguments) {
        if (arguments.length != 0) {
            throw new PickleException("an ordered dictionary made from something");
        }
        return new Dictionary();
    }

    private static Object tensor(Object[] arguments) {
        if (arguments.length < 4 || !(arguments[0] instanceof StoredTensor.Storage storage)) {
            throw new PickleException("a tensor without a storage");
        }
        List<Long> shape = numbers(arguments[2]);
        List<Long> strides = numbers(arguments[3]);
        if (shape.size() != strides.size()) {
            throw new PickleException("a tensor with more sizes than strides");
        }
        return new StoredTensor(storage, number(arguments[1]), shape, strides);
    }

    private static List<Long> numbers(Object tuple) {
        if (!(tuple instanceof Object[] values) || values.length > MOST_DIMENSIONS) {
            throw new PickleException("sizes that are no tuple of at most " + MOST_DIMENSIONS + " numbers");
        }
        List<Long> numbers = new ArrayList<>();
        for (Object value : values) {
            numbers.add(number(value));
        }
        return numbers;
    }

    private static long number(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= 0) {
                return number;
            }
        }
        throw new PickleException("a size that is no whole number of 0 or more");
    }

    /**
     * The tensors of a state dict by name.
     *
     * @throws UnsafePickleException if something else is among them
     */
    static Map<String, StoredTensor> tensors(Map<?, ?> stateDict) throws UnsafePickleException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : stateDict.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new UnsafePickleException("a key of its state dict is no name but the number " + entry.getKey());
            }
            if (!(entry.getValue() instanceof StoredTensor tensor)) {
                throw new UnsafePickleException("'" + Printable.of(key) + "' in its state dict is no tensor");
            }
            tensors.put(key, tensor);
        }
        return tensors;
    }
}
