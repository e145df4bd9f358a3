package io.notagenbench.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A safetensors file of some weights, as the library writes it; a test bends its header. */
final class SafetensorsFixture {

    private record Tensor(String dtype, String shape, byte[] content) {
    }

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Every tensor that a forward pass reads, in fp32. */
    static SafetensorsFixture of(Weights weights) {
        SafetensorsFixture fixture = new SafetensorsFixture();
        for (TensorSpec spec : TensorSpec.all(weights.config())) {
            ByteBuffer bytes = ByteBuffer.allocate((int) spec.elements() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            weights.read(spec, bytes.asFloatBuffer());
            fixture.put(spec.name(), "F32", spec.shape().toString(), bytes.array());
        }
        return fixture;
    }

    SafetensorsFixture put(String name, String dtype, String shape, byte[] content) {
        tensors.put(name, new Tensor(dtype, shape, content));
        return this;
    }

    SafetensorsFixture rename(String name, String other) {
        tensors.put(other, tensors.remove(name));
        return this;
    }

    SafetensorsFixture names(UnaryOperator<String> change) {
        Map<String, Tensor> old = new LinkedHashMap<>(tensors);
        tensors.clear();
        old.forEach((name, tensor) -> tensors.put(change.apply(name), tensor));
        return this;
    }

    /** Writes the numbers, which are fp32, in another format. */
    SafetensorsFixture as(String dtype, int bytes, Conversion conversion) {
        tensors.replaceAll((name, tensor) -> {
            ByteBuffer from = ByteBuffer.wrap(tensor.content).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer into = ByteBuffer.allocate(tensor.content.length / Float.BYTES * bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (from.hasRemaining()) {
                conversion.put(from.getFloat(), into);
            }
            return new Tensor(dtype, tensor.shape, into.array());
        });
        return this;
    }

    /** Writes one number in another format. */
    @FunctionalInterface
    interface Conversion {

        void put(float number, ByteBuffer into);
    }

    /** With an entry of metadata before the tensors. */
    String header() {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\",\"title\":\"\u00fc\"}");
        long[] at = {0};
        json.append(tensors.entrySet().stream().map(entry -> {
            long begin = at[0];
            at[0] += entry.getValue().content.length;
            return String.format(",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}", entry.getKey(),
                    entry.getValue().dtype, entry.getValue().shape, begin, at[0]);
        }).collect(Collectors.joining()));
        return json.append("}").toString();
    }

    SparseFile file() {
        return file(header());
    }

    SparseFile file(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        SparseFile file = file(json.length, json);
        tensors.values().forEach(tensor -> file.append(tensor.content));
        return file;
    }

    /** The beginning alone. */
    static SparseFile file(long claimed, byte[] header) {
        return new SparseFile().append(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed).array())
                .append(header);
    }
}
