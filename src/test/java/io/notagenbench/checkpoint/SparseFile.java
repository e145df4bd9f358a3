package io.notagenbench.checkpoint;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.TreeMap;

/** A file of any length that is zero where nothing was written; takes memory for what was written alone. */
final class SparseFile implements SeekableByteChannel {

    private final TreeMap<Long, byte[]> extents = new TreeMap<>();
    private long position;
    private long size;

    /** Writes {@code bytes} behind the end. */
    SparseFile append(byte[] bytes) {
        extents.put(size, bytes);
        size += bytes.length;
        return this;
    }

    SparseFile appendZeros(long count) {
        size += count;
        return this;
    }

    @Override
    public int read(ByteBuffer into) {
        if (position >= size) {
            return -1;
        }
        int length = (int) Math.min(into.remaining(), size - position);
        for (int i = 0; i < length;) {
            Map.Entry<Long, byte[]> extent = extents.floorEntry(position);
            long within = extent == null ? Long.MAX_VALUE : position - extent.getKey();
            int piece;
            if (within < (extent == null ? 0 : extent.getValue().length)) {
                piece = (int) Math.min(length - i, extent.getValue().length - within);
                into.put(extent.getValue(), (int) within, piece);
            } else {
                Long next = extents.higherKey(position);
                piece = (int) Math.min(length - i, (next == null ? size : next) - position);
                for (int j = 0; j < piece; j++) {
                    into.put((byte) 0);
                }
            }
            i += piece;
            position += piece;
        }
        return length;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException("a checkpoint is only read");
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new UnsupportedOperationException("a checkpoint is only read");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
