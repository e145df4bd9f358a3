package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The zip archive that {@code torch.save} writes (notagen.md, section 1): {@code name/data.pkl}, {@code name/data/N}.
 * Members are stored, not compressed, so that a tensor is read in place and nothing is ever inflated.
 */
final class CheckpointArchive implements TensorFile {

    private static final String PICKLE = "/data.pkl";
    /** The pickle of the large model with its optimizer state has less than 1 MiB. */
    private static final long LARGEST_PICKLE = 16L << 20;
    private static final int SHOWN_MEMBERS = 3;
    private static final Pattern CHECKPOINT = Pattern.compile("(?i).*[.](pth|pt|ckpt|bin|safetensors)");

    private final FileBytes file;
    private final ZipFile zip;
    private final String folder;

    private CheckpointArchive(FileBytes file, ZipFile zip, String folder) {
        this.file = file;
        this.zip = zip;
        this.folder = folder;
    }

    static CheckpointArchive open(FileBytes file) throws IOException {
        ZipFile zip;
        DirectoryLimit limited = new DirectoryLimit(file.channel());
        try {
            zip = ZipFile.builder().setSeekableByteChannel(limited).setIgnoreLocalFileHeader(true).get();
            limited.lift();
        } catch (IOException | RuntimeException e) {
            throw Fault.usage(file.name()
                    + " is damaged or cut off: its zip directory cannot be read; copy the file again", e);
        }
        return new CheckpointArchive(file, zip, folder(file.name(), zip));
    }

    private static String folder(String name, ZipFile zip) {
        List<String> members = Collections.list(zip.getEntries()).stream().map(ZipEntry::getName).toList();
        List<String> folders = members.stream()
                .filter(entry -> entry.endsWith(PICKLE) && entry.indexOf('/') == entry.length() - PICKLE.length())
                .map(entry -> entry.substring(0, entry.length() - PICKLE.length())).toList();
        if (folders.size() > 1) {
            throw Fault.usage(name + " is not a checkpoint: the zip archive holds " + folders.size()
                    + " members named */data.pkl, not one");
        }
        if (folders.isEmpty()) {
            throw Fault.usage(name + " is not a checkpoint: " + otherArchive(members));
        }
        String only = folders.get(0);
        if (members.contains(only + "/constants.pkl") || members.stream().anyMatch(entry -> entry.startsWith(only + "/code/"))) {
            throw Fault.usage(name + " is a TorchScript archive, which torch.jit.save writes: save its weights in Python with"
                    + " torch.save(torch.jit.load(path).state_dict(), 'weights.pth')");
        }
        return only;
    }

    /** What a zip is that torch.save did not write, or did not finish. */
    private static String otherArchive(List<String> members) {
        if (members.stream().anyMatch(entry -> entry.endsWith("/archive_format"))) {
            return "it is a program that torch.export saved; save its weights in Python with"
                    + " torch.save(torch.export.load(path).state_dict, 'weights.pth')";
        }
        if (members.stream().anyMatch(entry -> entry.endsWith("/.data/serialization_id"))) {
            return "torch.save did not finish it; save it again";
        }
        Optional<String> inside = members.stream().filter(entry -> CHECKPOINT.matcher(entry).matches()).findFirst();
        if (inside.isPresent()) {
            return "it is a zip archive with '" + Printable.of(inside.get()) + "' in it; unpack it, and give that file";
        }
        String shown = members.stream().limit(SHOWN_MEMBERS).map(entry -> "'" + Printable.of(entry) + "'")
                .collect(Collectors.joining(", "));
        int more = Math.max(members.size() - SHOWN_MEMBERS, 0);
        return "it is a zip archive without a member */data.pkl, which torch.save writes; "
                + (members.isEmpty() ? "it is empty" : "it holds " + shown + (more == 0 ? "" : " and " + more + " more"));
    }

    @Override
    public Object content() throws IOException {
        try {
            return CheckpointPickle.read(pickle());
        } catch (UnsafePickleException e) {
            throw Fault.usage(file.name() + " is not a NotaGen checkpoint: " + e.getMessage(), e);
        }
    }

    /** The pickle; the byte order of the storages is checked first. */
    byte[] pickle() throws IOException {
        if (zip.getEntry(folder + "/byteorder") != null) {
            String order = new String(small(member("byteorder"), 16), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw Fault.usage(file.name() + " was written with byte order '" + Printable.of(order)
                        + "': only little-endian checkpoints can be read; save it again on a little-endian machine");
            }
        }
        return small(member("data.pkl"), LARGEST_PICKLE);
    }

    private byte[] small(ZipArchiveEntry entry, long largest) throws IOException {
        if (entry.getSize() > largest) {
            throw Fault.usage(file.name() + " is not a checkpoint: its member " + Printable.of(entry.getName())
                    + " claims to have " + entry.getSize() + " bytes, more than any model needs; save only the weights with"
                    + " torch.save(model.state_dict(), path)");
        }
        long offset = dataOffset(entry);
        ByteBuffer content = ByteBuffer.allocate((int) entry.getSize());
        file.read(offset, content);
        return content.array();
    }

    @Override
    public long storageBytes(String key) throws IOException {
        ZipArchiveEntry entry = member("data/" + key);
        dataOffset(entry);
        return entry.getSize();
    }

    @Override
    public void readStorage(String key, long offset, ByteBuffer into) throws IOException {
        file.read(dataOffset(member("data/" + key)) + offset, into);
        into.order(ByteOrder.LITTLE_ENDIAN);
    }

    private ZipArchiveEntry member(String path) {
        String full = folder + "/" + path;
        List<ZipArchiveEntry> entries = new ArrayList<>();
        zip.getEntries(full).forEach(entries::add);
        if (entries.size() != 1) {
            throw Fault.usage(file.name() + " is damaged: its member " + Printable.of(full)
                    + (entries.isEmpty() ? " is missing" : " is there " + entries.size() + " times")
                    + "; copy the file again");
        }
        return entries.get(0);
    }

    /** Where a member's bytes begin; the file has all of them. */
    private long dataOffset(ZipArchiveEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw Fault.usage(file.name() + " is not a checkpoint: its member " + Printable.of(entry.getName())
                    + " is compressed, which torch.save never does: another program packed it again; copy the original file");
        }
        long offset = LocalHeader.dataOffset(file.channel(), entry);
        if (offset < 0 || entry.getSize() > file.size() - offset) {
            throw Fault.usage(file.name() + " is damaged or cut off: its member " + Printable.of(entry.getName())
                    + " reaches beyond the end of the file; copy the file again");
        }
        return offset;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
