package io.notagenbench.generate;

import java.util.Arrays;

/** A growing list of ids whose array can be handed to the engine without a copy. */
final class IdList {

    private int[] ids = new int[4096];
    private int size;

    void append(int[] source, int from, int to) {
        int count = to - from;
        if (size + count > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(2 * ids.length, size + count));
        }
        System.arraycopy(source, from, ids, size, count);
        size += count;
    }

    void append(int id) {
        append(new int[] {id}, 0, 1);
    }

    void replace(int[] source) {
        size = 0;
        append(source, 0, source.length);
    }

    /** Number of ids that this list and {@code others} begin with alike. */
    int commonPrefix(int[] others) {
        int difference = Arrays.mismatch(ids, 0, size, others, 0, others.length);
        return difference < 0 ? size : difference;
    }

    int size() {
        return size;
    }

    boolean endsWith(int id) {
        return size > 0 && ids[size - 1] == id;
    }

    /** The backing array: ids beyond {@link #size()} mean nothing. */
    int[] array() {
        return ids;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
