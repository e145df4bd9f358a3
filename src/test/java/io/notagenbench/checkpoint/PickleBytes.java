package io.notagenbench.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a pickle, opcode by opcode, right or wrong as a test wants it; texts and names in the way of the protocol:
 * from protocol 4 on with short lengths, names from the stack, a memo without indices, and a frame.
 */
final class PickleBytes {

    private static final int FRAMES = 4;
    private static final int HEADER = 2;
    private static final int SHORT = 256;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int protocol;

    PickleBytes() {
        this(2);
    }

    PickleBytes(int protocol) {
        this.protocol = protocol;
        op(0x80).op(protocol);
    }

    /** One byte: an opcode without argument, or an argument. */
    PickleBytes op(int value) {
        out.write(value);
        return this;
    }

    PickleBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleBytes mark() {
        return op('(');
    }

    PickleBytes dict() {
        return op('}');
    }

    PickleBytes reduce() {
        return op('R');
    }

    PickleBytes text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (protocol >= FRAMES && bytes.length < SHORT) {
            return op(0x8c).op(bytes.length).raw(bytes).op(0x94);
        }
        return op('X').int32(bytes.length).raw(bytes);
    }

    PickleBytes number(long number) {
        return op(0x8a).op(8).raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    }

    PickleBytes int32(int value) {
        return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    PickleBytes global(String module, String name) {
        if (protocol >= FRAMES) {
            return text(module).text(name).op(0x93).op(0x94);
        }
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PickleBytes remember(int index) {
        return op('r').int32(index);
    }

    PickleBytes recall(int index) {
        return op('j').int32(index);
    }

    PickleBytes numbers(List<Long> numbers) {
        mark();
        numbers.forEach(this::number);
        return op('t');
    }

    /** A tensor as {@code torch.save} pickles it. */
    PickleBytes tensor(StoredTensor tensor, String storageClass) {
        global("torch._utils", "_rebuild_tensor_v2").mark().storage(tensor, storageClass);
        number(tensor.offset()).numbers(tensor.shape()).numbers(tensor.strides());
        op(0x89).global("collections", "OrderedDict").op(')').reduce();
        return op('t').reduce();
    }

    /** The storage of a tensor. */
    PickleBytes storage(StoredTensor tensor, String storageClass) {
        return mark().text("storage").global("torch", storageClass).text(tensor.storage().key()).text("cuda:0")
                .number(tensor.storage().elements()).op('t').op('Q');
    }

    /** An object of a class with its fields. */
    PickleBytes object(String module, String name, Consumer<PickleBytes> fields) {
        global(module, name).op(')').op(0x81).dict().mark();
        fields.accept(this);
        return op('u').op('b');
    }

    /** The result of a call. */
    PickleBytes call(String module, String name, Consumer<PickleBytes> arguments) {
        global(module, name).mark();
        arguments.accept(this);
        return op('t').reduce();
    }

    byte[] stop() {
        op('.');
        byte[] pickle = out.toByteArray();
        if (protocol < FRAMES) {
            return pickle;
        }
        int content = pickle.length - HEADER;
        return ByteBuffer.allocate(pickle.length + 1 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(pickle, 0, HEADER)
                .put((byte) 0x95).putLong(content).put(pickle, HEADER, content).array();
    }
}
