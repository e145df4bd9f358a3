package io.notagenbench.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a pickle of protocol 2, opcode by opcode, right or wrong as a test wants it. */
final class PickleBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        op(0x80).op(2);
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
        return op('X').int32(bytes.length).raw(bytes);
    }

    PickleBytes number(long number) {
        return op(0x8a).op(8).raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    }

    PickleBytes int32(int value) {
        return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    PickleBytes global(String module, String name) {
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
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage").global("torch", storageClass).text(tensor.storage().key()).text("cuda:0")
                .number(tensor.storage().elements()).op('t').op('Q');
        number(tensor.offset()).numbers(tensor.shape()).numbers(tensor.strides());
        op(0x89).global("collections", "OrderedDict").op(')').reduce();
        return op('t').reduce();
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }
}
