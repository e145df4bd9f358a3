package io.notagenbench.checkpoint;

import java.util.List;

/**
 * Where a tensor lies in a checkpoint.
 *
 * @param storage its storage
 * @param offset  first element in the storage
 * @param shape   sizes, outermost first
 * @param strides steps between elements, outermost first
 */
record StoredTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

    /**
     * @param type     number format of the elements
     * @param key      number of the zip member that holds them
     * @param elements how many elements the file says that there are
     */
    record Storage(StorageType type, String key, long elements) {
    }

    /** Whether the elements lie one behind the other, in row order; dimensions of size 1 have no say. */
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
}
