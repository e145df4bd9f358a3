package io.notagenbench.engine.onnx.graph;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One message in Protocol Buffers' wire format, field after field. A graph without its weights is a few kilobytes, so
 * this is all that is needed of Protocol Buffers; its library warns on new JDKs.
 */
final class ProtobufMessage {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtobufMessage put(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    ProtobufMessage put(int field, float value) {
        key(field, FIXED_32);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
        return this;
    }

    ProtobufMessage put(int field, byte[] value) {
        key(field, LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    ProtobufMessage put(int field, String value) {
        return put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufMessage put(int field, ProtobufMessage value) {
        return put(field, value.toByteArray());
    }

    /** Adds all fields of a message. */
    ProtobufMessage append(ProtobufMessage fields) {
        bytes.writeBytes(fields.toByteArray());
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private void key(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
