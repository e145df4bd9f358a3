package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** A file in memory that counts the bytes that are read from it. */
final class CountingChannel implements SeekableByteChannel {

    private final SeekableInMemoryByteChannel content;
    private long bytesRead;

    CountingChannel(byte[] content) {
        this.content = new SeekableInMemoryByteChannel(content);
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int read = content.read(into);
        bytesRead += Math.max(read, 0);
        return read;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException("a checkpoint is only read");
    }

    @Override
    public long position() {
        return content.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        content.position(position);
        return this;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("a checkpoint is only read");
    }

    @Override
    public boolean isOpen() {
        return content.isOpen();
    }

    @Override
    public void close() {
        content.close();
    }
}
