package io.notagenbench.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the zip archive of a checkpoint (APPNOTE.TXT, section 4.3), always with zip64 records as PyTorch does for
 * large files; members may lie about themselves.
 */
final class TorchZip {

    private static final int STORED = 0;
    private static final int UNKNOWN_32 = 0xffffffff;

    private final SparseFile file = new SparseFile();
    private final List<byte[]> directory = new ArrayList<>();

    TorchZip member(String name, byte[] content) {
        header(name, STORED, content.length, content.length);
        file.append(content);
        return this;
    }

    /** A member of zeros that take no memory. */
    TorchZip zeros(String name, long length) {
        header(name, STORED, length, length);
        file.appendZeros(length);
        return this;
    }

    /** A member whose directory entry says something else than what is there. */
    TorchZip lying(String name, int method, long claimedSize, byte[] content) {
        header(name, method, claimedSize, method == STORED ? claimedSize : content.length);
        file.append(content);
        return this;
    }

    private void header(String name, int method, long size, long compressed) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        long at = file.size();
        file.append(le(30 + path.length).putInt(0x04034b50).putShort((short) 45).putShort((short) 0)
                .putShort((short) method).putInt(0).putInt(0).putInt(UNKNOWN_32).putInt(UNKNOWN_32)
                .putShort((short) path.length).putShort((short) 0).put(path).array());
        directory.add(le(46 + path.length + 28).putInt(0x02014b50).putShort((short) 45).putShort((short) 45)
                .putShort((short) 0).putShort((short) method).putInt(0).putInt(0).putInt(UNKNOWN_32).putInt(UNKNOWN_32)
                .putShort((short) path.length).putShort((short) 28).putShort((short) 0).putShort((short) 0)
                .putShort((short) 0).putInt(0).putInt(UNKNOWN_32).put(path)
                .putShort((short) 1).putShort((short) 24).putLong(size).putLong(compressed).putLong(at).array());
    }

    SparseFile finish() {
        long start = file.size();
        directory.forEach(file::append);
        long length = file.size() - start;
        long end = file.size();
        file.append(le(56).putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0)
                .putLong(directory.size()).putLong(directory.size()).putLong(length).putLong(start).array());
        file.append(le(20).putInt(0x07064b50).putInt(0).putLong(end).putInt(1).array());
        return file.append(le(22).putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort((short) 0xffff)
                .putShort((short) 0xffff).putInt(UNKNOWN_32).putInt(UNKNOWN_32).putShort((short) 0).array());
    }

    private static ByteBuffer le(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
