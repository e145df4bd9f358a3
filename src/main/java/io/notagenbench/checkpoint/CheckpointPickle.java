package io.notagenbench.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * The object that {@code torch.save} pickled, protocols 1 to 5, with every tensor as a {@link StoredTensor} and every
 * dictionary as a {@link PickledObject}. {@link PickledName} says which names are skipped as opaque values and which
 * make the file be refused. Nothing is called and no class of the file is instantiated: this class and not the
 * library carries out every opcode that would do so.
 */
final class CheckpointPickle extends Unpickler {

    /** A tensor with more is not one of NotaGen's. */
    private static final int MOST_DIMENSIONS = 8;
    private static final String NOT_RUN = "; nothing of it was run";

    /** @throws UnsafePickleException if the pickle is damaged, or is not one that a checkpoint has */
    static Object read(byte[] pickle) {
        PickleGuard.check(pickle);
        try {
            return new CheckpointPickle().load(new ByteArrayInputStream(pickle));
        } catch (UnsafePickleException e) {
            throw e;
        } catch (PickleException e) {
            throw new UnsafePickleException("its pickle is damaged: " + Printable.of(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            throw new UnsafePickleException("its pickle is damaged: its objects do not fit together");
        }
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case 'c' -> stack.add(PickledName.of(PickleUtils.readline(input), PickleUtils.readline(input)));
            case 0x93 -> {
                String name = (String) stack.pop();
                stack.add(PickledName.of((String) stack.pop(), name));
            }
            case 'R' -> {
                Object[] arguments = (Object[]) stack.pop();
                stack.add(call(stack.pop(), arguments));
            }
            case 0x81 -> {
                stack.pop();
                stack.add(instance(stack.pop()));
            }
            case 0x92 -> {
                stack.pop();
                stack.pop();
                stack.add(instance(stack.pop()));
            }
            case 'b' -> setState(stack.pop(), stack.peek());
            case '}' -> stack.add(PickledObject.dictionary());
            case 's' -> {
                Object value = stack.pop();
                setItems(Arrays.asList(stack.pop(), value));
            }
            case 'u' -> setItems(stack.pop_all_since_marker());
            case 'a' -> append(Arrays.asList(stack.pop()));
            case 'e' -> append(stack.pop_all_since_marker());
            case 0x8f -> stack.add(new PickledObject("set"));
            case 0x90, '1' -> stack.pop_all_since_marker();
            case 0x91 -> {
                stack.pop_all_since_marker();
                stack.add(new PickledObject("frozenset"));
            }
            case 'C' -> skipBytes(1);
            case 'B' -> skipBytes(4);
            case 0x8e, 0x96 -> skipBytes(8);
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private void setItems(List<Object> keysAndValues) {
        PickledObject object = (PickledObject) stack.peek();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            object.set(keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    /** Drops the elements of an opaque value. */
    private void append(List<Object> elements) {
        if (!(stack.peek() instanceof PickledObject)) {
            @SuppressWarnings("unchecked")
            List<Object> list = (List<Object>) stack.peek();
            list.addAll(elements);
        }
    }

    /** Drops the content of bytes, which no tensor needs. */
    private void skipBytes(int lengthBytes) throws IOException {
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length |= (long) input.read() << (Byte.SIZE * i);
        }
        input.skipNBytes(length);
        stack.add(new PickledObject("bytes"));
    }

    private static void setState(Object state, Object target) {
        if (target instanceof PickledName name) {
            throw new UnsafePickleException("it changes '" + name.shown() + "' itself" + NOT_RUN);
        } else if (target instanceof PickledObject object) {
            object.state(state);
        } else if (!(target instanceof StoredTensor)) {
            throw new PickleException("a state of something that has none");
        }
    }

    @Override
    protected Object persistentLoad(Object id) {
        if (id instanceof Object[] parts && parts.length == 5 && "storage".equals(parts[0])
                && parts[1] instanceof PickledName type && parts[2] instanceof String key) {
            return new StoredTensor.Storage(StorageType.ofClass(type.canonical()), key, number(parts[4]));
        }
        throw new PickleException("a persistent id that names no storage");
    }

    /** An object of a class, as Python makes one without calling anything of the class. */
    private static Object instance(Object named) {
        if (named instanceof PickledName name) {
            return new PickledObject(name.shown());
        }
        throw new PickleException("an object of something that is not a class");
    }

    private static Object call(Object target, Object[] arguments) {
        if (!(target instanceof PickledName name)) {
            throw new UnsafePickleException("its pickle calls something that is not a class or a function" + NOT_RUN);
        }
        name.requireCallable();
        return switch (name.canonical()) {
            case "collections.OrderedDict", "collections.defaultdict" -> PickledObject.dictionary();
            case "builtins.getattr" -> part(arguments);
            case "copyreg._reconstructor", "copyreg.__newobj__" -> instance(arguments[0]);
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
                    "torch._utils._rebuild_tensor_v3" -> tensor(arguments);
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> arguments[0];
            case "torch._tensor._rebuild_from_type", "torch._tensor._rebuild_from_type_v2" -> wrapped(arguments);
            default -> new PickledObject(name.shown());
        };
    }

    private static Object part(Object[] arguments) {
        return arguments[0] instanceof PickledName whole ? whole.part((String) arguments[1])
                : new PickledObject("getattr");
    }

    /** A tensor with attributes, or of a class of its own: the function that makes the plain one, and its arguments. */
    private static Object wrapped(Object[] arguments) {
        PickledName maker = (PickledName) arguments[0];
        if (maker.canonical().startsWith("torch._utils._rebuild_tensor")) {
            return call(maker, (Object[]) arguments[2]);
        }
        return instance(arguments[1]);
    }

    private static Object tensor(Object[] arguments) {
        if (arguments.length < 4 || !(arguments[0] instanceof StoredTensor.Storage storage)) {
            throw new PickleException("a tensor without a storage");
        }
        Object[] sizes = (Object[]) arguments[2];
        Object[] steps = (Object[]) arguments[3];
        if (sizes.length != steps.length) {
            throw new PickleException("a tensor with more sizes than strides");
        }
        if (sizes.length > MOST_DIMENSIONS) {
            return new PickledObject("torch.Tensor of " + sizes.length + " dimensions");
        }
        // Negated and conjugated views say so here: their elements are not those of the storage.
        if (arguments[arguments.length - 1] instanceof PickledObject view && arguments.length > 6 && !view.isEmpty()) {
            return new PickledObject("torch.Tensor, a negated or conjugated view");
        }
        StoredTensor.Storage typed = arguments.length > 6 && arguments[6] instanceof PickledName dtype
                ? new StoredTensor.Storage(StorageType.ofDtype(dtype.name()), storage.key(), storage.elements()) : storage;
        return new StoredTensor(typed, number(arguments[1]), numbers(sizes), numbers(steps));
    }

    private static List<Long> numbers(Object[] values) {
        return Arrays.stream(values).map(CheckpointPickle::number).toList();
    }

    private static long number(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= 0) {
                return number;
            }
        }
        throw new PickleException("a size that is not a whole number of 0 or more");
    }
}
