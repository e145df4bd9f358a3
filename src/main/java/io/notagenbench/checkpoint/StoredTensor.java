package io.notagenbench.checkpoint;

import java.util.List;

/**
 * Where a tensor is in a checkpoint.
 *
 * @param storage its storage
 * @param offset  first element in the storage
 * @param shape   sizes, outermost first
 * @param strides steps between elements, outermost first
 */
record StoredTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

    /**
     * @param type     number format of the elements
     * @param key      number of the zip member that holds them, or name of the tensor in a safetensors file
     * @param elements number of elements according to the file
     */
    record Storage(StorageType type, String key, long elements) {
    }

    /** A tensor that fills its storage in row order. */
    static StoredTensor whole(StorageType type, String key, List<Long> shape, long elements) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape.get(i);
        }
        return new StoredTensor(new Storage(type, key, elements), 0, shape, List.of(strides));
    }

    /** Whether the elements are contiguous and in row order; dimensions of size 1 do not matter. */
    boolean isContiguous() {
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }

    /** Elements of the storage from the first to the last of the tensor, with those between them; no size may be 0. */
    long span() {
        try {
            long span = 1;
            for (int i = 0; i < shape.size(); i++) {
                span = Math.addExact(span, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
            }
            return span;
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
