package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Converted weights of one model in a file that can be mapped into memory: parts one after the other at multiples of
 * {@value #ALIGNMENT} bytes, then a checksum of each, then a key that says what they were made from. It is written to a
 * temporary file and then renamed, so nobody sees an incomplete one; if two processes write it, both write the same
 * bytes. Opening it reads all of it once: a file that is damaged or has another key is ignored.
 */
public final class WeightFile {

    private static final int ALIGNMENT = 4096;
    private static final int CHUNK = 1 << 20;

    private final Path path;
    private final byte[] key;
    private final Map<String, Long> sizes;
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private final long footer;

    /**
     * @param path  path of the file, which may not exist yet
     * @param key   text that says what it is made from, and how
     * @param sizes bytes of each part by its name, in the order of the file
     */
    public WeightFile(Path path, String key, Map<String, Long> sizes) {
        this.path = path;
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.sizes = new LinkedHashMap<>(sizes);
        long end = 0;
        for (Map.Entry<String, Long> part : this.sizes.entrySet()) {
            offsets.put(part.getKey(), end);
            end = aligned(end + part.getValue());
        }
        footer = end;
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    public Path path() {
        return path;
    }

    /** Where a part begins. */
    public long offset(String part) {
        return offsets.get(part);
    }

    /** What is wrong with the file, in a few words; empty if it is complete and has the key. */
    public Optional<String> fault() {
        if (!Files.isRegularFile(path)) {
            return Optional.of("it is not there");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            if (channel.size() != footer + footerBytes()) {
                return Optional.of("its length is wrong");
            }
            ByteBuffer end = ByteBuffer.allocate(footerBytes());
            readFully(channel, end, footer);
            end.flip();
            for (String part : sizes.keySet()) {
                if (end.getInt() != checksum(channel, part)) {
                    return Optional.of("the checksum of " + part + " is wrong");
                }
            }
            byte[] found = new byte[key.length];
            end.get(found);
            return Arrays.equals(found, key) ? Optional.empty() : Optional.of("it was made from something else");
        } catch (IOException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
    }

    private int footerBytes() {
        return sizes.size() * Integer.BYTES + key.length;
    }

    private int checksum(FileChannel channel, String part) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long offset = offsets.get(part);
        long remaining = sizes.get(part);
        while (remaining > 0) {
            chunk.clear().limit((int) Math.min(CHUNK, remaining));
            readFully(channel, chunk, offset);
            offset += chunk.position();
            remaining -= chunk.position();
            crc.update(chunk.flip());
        }
        return (int) crc.getValue();
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        long offset = from;
        while (into.hasRemaining()) {
            int read = channel.read(into, offset);
            if (read < 0) {
                throw new IOException("it ends early");
            }
            offset += read;
        }
    }

    /**
     * Reads a part.
     *
     * @param memory receives its bytes, from index 0 on
     * @throws Fault (failed) if it can no longer be read
     */
    public void read(String part, ByteBuffer memory) {
        try (FileChannel channel = FileChannel.open(path)) {
            readFully(channel, memory.duplicate().clear().limit(Math.toIntExact(sizes.get(part))), offsets.get(part));
        } catch (IOException e) {
            throw Fault.failed(path + " cannot be read: " + e + "; start again to make it anew.", e);
        }
    }

    /** Makes the parts of a file. */
    @FunctionalInterface
    public interface Maker {

        /**
         * @param part   name of the part
         * @param memory receives its bytes, from index 0 to its limit
         */
        void make(String part, ByteBuffer memory);
    }

    /**
     * Writes the file.
     *
     * @param memory used for one part after the other, with room for the largest
     * @throws IOException if it cannot be written; no part of it is left then
     */
    public void write(ByteBuffer memory, Maker maker) throws IOException {
        Files.createDirectories(path.getParent());
        Path temporary = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeParts(channel, memory, maker);
                channel.force(true);
            }
            move(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void writeParts(FileChannel channel, ByteBuffer memory, Maker maker) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(footerBytes());
        for (Map.Entry<String, Long> part : sizes.entrySet()) {
            ByteBuffer bytes = memory.duplicate().clear().limit(Math.toIntExact(part.getValue())).slice().order(memory.order());
            maker.make(part.getKey(), bytes);
            CRC32C crc = new CRC32C();
            crc.update(bytes.clear());
            end.putInt((int) crc.getValue());
            writeFully(channel, bytes.clear(), offsets.get(part.getKey()));
        }
        writeFully(channel, end.put(key).flip(), footer);
    }

    private static void writeFully(FileChannel channel, ByteBuffer from, long at) throws IOException {
        long offset = at;
        while (from.hasRemaining()) {
            offset += channel.write(from, offset);
        }
    }

    private void move(Path temporary) throws IOException {
        try {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
