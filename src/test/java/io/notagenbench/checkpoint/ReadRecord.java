package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.BitSet;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** A file in memory that remembers which of its bytes were read. */
final class ReadRecord implements SeekableByteChannel {

    private final SeekableInMemoryByteChannel content;
    private final BitSet bytesRead = new BitSet();

    ReadRecord(byte[] content) {
        this.content = new SeekableInMemoryByteChannel(content);
    }

    /** Whether any byte of a stored zip member was read; its directory entry does not count. */
    boolean wasRead(ZipArchiveEntry member) {
        int start = (int) member.getDataOffset();
        int first = bytesRead.nextSetBit(start);
        return first >= 0 && first < start + member.getSize();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int start = (int) content.position();
        int read = content.read(into);
        bytesRead.set(start, start + Math.max(read, 0));
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
