package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The zip archive that {@code torch.save} writes (notagen.md, section 1): {@code name/data.pkl}, {@code name/data/N}.
 * Members are stored, not compressed, so that a tensor is read where it lies and nothing is ever inflated.
 */
final class CheckpointArchive implements AutoCloseable {

    private static final String PICKLE = "/data.pkl";
    /** The pickle of the large model with its optimizer state has less than 1 MiB. */
    private static final long LARGEST_PICKLE = 16L << 20;
    private static final byte[] LFS_POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIP = {'P', 'K'};
    /** A pickle of protocol 2 that begins with the number 0x1950a86a20f9469cfc6c: PyTorch's format before 1.6. */
    private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46};

    private final String name;
    private final SeekableByteChannel channel;
    private final ZipFile zip;
    private final String folder;

    private CheckpointArchive(String name, SeekableByteChannel channel, ZipFile zip, String folder) {
        this.name = name;
        this.channel = channel;
        this.zip = zip;
        this.folder = folder;
    }

    static CheckpointArchive open(String name, SeekableByteChannel channel) throws IOException {
        refuseOtherFormats(name, channel);
        ZipFile zip;
        DirectoryLimit limited = new DirectoryLimit(channel);
        try {
            zip = ZipFile.builder().setSeekableByteChannel(limited).setIgnoreLocalFileHeader(true).get();
            limited.lift();
        } catch (IOException | RuntimeException e) {
            throw Fault.usage(name
                    + " is damaged or cut off: its zip directory cannot be read; copy the file again", e);
        }
        return new CheckpointArchive(name, channel, zip, folder(name, zip));
    }

    private static void refuseOtherFormats(String name, SeekableByteChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(64);
        channel.position(0);
        while (head.hasRemaining() && channel.read(head) >= 0) {
            // Reads until the head is full or the file ends.
        }
        if (head.position() == 0) {
            throw Fault.usage(name + " is empty: copy the file again");
        }
        if (startsWith(head, LFS_POINTER)) {
            throw Fault.usage(name + " is a git-lfs pointer, not the checkpoint itself: fetch it with: git lfs pull");
        }
        if (startsWith(head, LEGACY)) {
            throw Fault.usage(name + " has the format of PyTorch before 1.6: save it again with a newer PyTorch:"
                    + " torch.save(torch.load(path), path)");
        }
        if (!startsWith(head, ZIP)) {
            throw Fault.usage(name + " is no checkpoint: it is not a zip archive as torch.save writes it");
        }
    }

    private static boolean startsWith(ByteBuffer head, byte[] magic) {
        return head.position() >= magic.length
                && ByteBuffer.wrap(head.array(), 0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static String folder(String name, ZipFile zip) {
        List<String> folders = Collections.list(zip.getEntries()).stream().map(ZipEntry::getName)
                .filter(entry -> entry.endsWith(PICKLE) && entry.indexOf('/') == entry.length() - PICKLE.length())
                .map(entry -> entry.substring(0, entry.length() - PICKLE.length())).toList();
        if (folders.size() != 1) {
            throw Fault.usage(name + " is no checkpoint: the zip archive holds " + folders.size()
                    + " members named */data.pkl, not one");
        }
        return folders.get(0);
    }

    /** The pickle, after a look at the byte order of the storages. */
    byte[] pickle() throws IOException {
        if (zip.getEntry(folder + "/byteorder") != null) {
            String order = new String(small(member("byteorder"), 16), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw Fault.usage(name + " was written with byte order '" + Printable.of(order)
                        + "': only little-endian checkpoints can be read; save it again on a little-endian machine");
            }
        }
        return small(member("data.pkl"), LARGEST_PICKLE);
    }

    private byte[] small(ZipArchiveEntry entry, long largest) throws IOException {
        if (entry.getSize() > largest) {
            throw Fault.usage(name + " is no checkpoint: its member " + Printable.of(entry.getName())
                    + " claims to have " + entry.getSize() + " bytes, more than any model needs");
        }
        long offset = dataOffset(entry);
        ByteBuffer content = ByteBuffer.allocate((int) entry.getSize());
        read(offset, content);
        return content.array();
    }

    /** Bytes of the member that holds a storage. */
    long storageBytes(String key) throws IOException {
        ZipArchiveEntry entry = member("data/" + key);
        dataOffset(entry);
        return entry.getSize();
    }

    /** Fills {@code into} from byte {@code offset} of a storage on; in the byte order of the file. */
    void readStorage(String key, long offset, ByteBuffer into) throws IOException {
        read(dataOffset(member("data/" + key)) + offset, into);
        into.flip();
        into.order(ByteOrder.LITTLE_ENDIAN);
    }

    private ZipArchiveEntry member(String path) {
        String full = folder + "/" + path;
        List<ZipArchiveEntry> entries = new ArrayList<>();
        zip.getEntries(full).forEach(entries::add);
        if (entries.size() != 1) {
            throw Fault.usage(name + " is damaged: its member " + Printable.of(full)
                    + (entries.isEmpty() ? " is missing" : " is there " + entries.size() + " times")
                    + "; copy the file again");
        }
        return entries.get(0);
    }

    /** Where a member's bytes begin; all of them are in the file. */
    private long dataOffset(ZipArchiveEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw Fault.usage(name + " is no checkpoint: its member " + Printable.of(entry.getName())
                    + " is compressed, which torch.save never does");
        }
        long offset = LocalHeader.dataOffset(channel, entry);
        if (offset < 0 || entry.getSize() > channel.size() - offset) {
            throw Fault.usage(name + " is damaged or cut off: its member " + Printable.of(entry.getName())
                    + " reaches beyond the end of the file; copy the file again");
        }
        return offset;
    }

    private void read(long offset, ByteBuffer into) throws IOException {
        channel.position(offset);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw Fault.usage(name + " is cut off: copy the file again");
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
