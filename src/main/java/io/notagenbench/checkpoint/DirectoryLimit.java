package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Limits how much of a file is read while its zip directory is read, since every entry takes memory. No directory of a
 * checkpoint reaches the limit. It is lifted once the directory is known.
 */
final class DirectoryLimit implements SeekableByteChannel {

    /** The directory of the large model with its optimizer state has about 150 KiB; the search for it, 256 KiB. */
    private static final long MOST_BYTES = 4 << 20;

    private final SeekableByteChannel file;
    private long left = MOST_BYTES;

    DirectoryLimit(SeekableByteChannel file) {
        this.file = file;
    }

    /** Lifts the limit. */
    void lift() {
        left = Long.MAX_VALUE;
    }

    /** @throws IOException also if more has been read than a directory needs */
    @Override
    public int read(ByteBuffer into) throws IOException {
        if (into.remaining() > left) {
            throw new IOException("the directory has more than " + MOST_BYTES + " bytes");
        }
        int read = file.read(into);
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return file.write(from);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
