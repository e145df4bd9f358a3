package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The header before a zip member's bytes (APPNOTE.TXT, section 4.3.7). Only its length matters: everything else is
 * taken from the central directory.
 */
final class LocalHeader {

    private static final int LENGTH = 30;
    private static final int SIGNATURE = 0x04034b50;
    private static final int NAME_LENGTH = 26;
    private static final int EXTRA_LENGTH = 28;

    private LocalHeader() {
    }

    /** Index of a member's first byte in the file, -1 if its header is not where the directory says. */
    static long dataOffset(SeekableByteChannel channel, ZipArchiveEntry entry) throws IOException {
        long start = entry.getLocalHeaderOffset();
        if (start < 0 || start > channel.size() - LENGTH) {
            return -1;
        }
        ByteBuffer header = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(start);
        while (header.hasRemaining()) {
            if (channel.read(header) < 0) {
                return -1;
            }
        }
        if (header.getInt(0) != SIGNATURE) {
            return -1;
        }
        return start + LENGTH + Short.toUnsignedLong(header.getShort(NAME_LENGTH))
                + Short.toUnsignedLong(header.getShort(EXTRA_LENGTH));
    }
}
