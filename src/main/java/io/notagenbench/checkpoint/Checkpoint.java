package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint file that {@code torch.save} wrote (notagen.md, section 1), or a safetensors file. Names, shapes and
 * sizes are checked when the file is opened, and values when they are read. Anything else in the file, such as the
 * moments of an optimizer, is never read.
 */
final class Checkpoint implements Weights {

    private static final int CHUNK_BYTES = 1 << 20;
    /** Tensors may share storages, but a small file must not make the reader allocate the memory of a large model. */
    private static final int MOST_SHARING = 16;

    private final String name;
    private final SeekableByteChannel channel;
    private final TensorFile content;
    private final StateDict tensors;
    private final boolean isOriginal;
    private final Optional<Path> file;
    private String hash;

    private Checkpoint(FileBytes bytes, Optional<Path> file, TensorFile content) throws IOException {
        name = bytes.name();
        channel = bytes.channel();
        this.file = file;
        this.content = content;
        ModelSearch.Found found = ModelSearch.in(name, content.content());
        tensors = StateDict.of(name, found.tensors(), found.others());
        isOriginal = found.isOriginal() && tensors.isWhole();
        requireStorages();
        requireTiedHead();
    }

    /** @throws Fault if the file is not a NotaGen checkpoint; the sentence names it and the cause */
    static Checkpoint open(Path file) {
        if (Files.isDirectory(file)) {
            throw Fault.usage(file + " is a folder: give the checkpoint file in it");
        }
        // Opening a pipe would wait for somebody to write into it.
        if (!Files.isRegularFile(file)) {
            throw Fault.usage(file + " is a pipe or a device: give the checkpoint file itself");
        }
        if (!Files.isReadable(file)) {
            throw Fault.usage(file + " may not be read by this user: allow it with: chmod u+r " + file);
        }
        try {
            return open(file.toString(), Optional.of(file), FileChannel.open(file));
        } catch (IOException e) {
            throw Fault.usage(file + " cannot be read: " + e, e);
        }
    }

    /** As {@link #open(Path)}; the channel is closed with the checkpoint, and if opening fails. */
    static Checkpoint open(String name, SeekableByteChannel channel) throws IOException {
        return open(name, Optional.empty(), channel);
    }

    private static Checkpoint open(String name, Optional<Path> file, SeekableByteChannel channel) throws IOException {
        try {
            FileBytes bytes = new FileBytes(name, channel);
            return new Checkpoint(bytes, file, open(bytes));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static TensorFile open(FileBytes bytes) throws IOException {
        FileFormat format = FileFormat.of(bytes.channel());
        if (format.isZip()) {
            return CheckpointArchive.open(bytes);
        }
        if (format.isSafetensors()) {
            return SafetensorsFile.open(bytes);
        }
        throw Fault.usage(bytes.name() + " " + format.finding());
    }

    /** Checks that the file has all bytes of every storage, and every storage those of its tensors. */
    private void requireStorages() throws IOException {
        List<TensorSpec> specs = new ArrayList<>(TensorSpec.all(config()));
        specs.add(StateDict.head(config()));
        long total = 0;
        for (TensorSpec spec : specs) {
            StoredTensor tensor = tensors.get(spec);
            StoredTensor.Storage storage = tensor.storage();
            long bytes = content.storageBytes(storage.key());
            if (storage.elements() > bytes / storage.type().bytes()
                    || tensor.offset() > storage.elements() - tensor.span()) {
                throw Fault.usage(name + " is damaged: tensor " + spec.name()
                        + " reaches beyond the end of its storage");
            }
            total += spec.elements() * storage.type().bytes();
        }
        if (total / MOST_SHARING > channel.size()) {
            throw Fault.usage(name + " is not a NotaGen checkpoint: its tensors claim " + total
                    + " bytes, and the file has " + channel.size());
        }
    }

    private void requireTiedHead() {
        TensorSpec embedding = StateDict.embedding(config());
        TensorSpec head = StateDict.head(config());
        if (!tensors.get(head).equals(tensors.get(embedding)) && !floats(head).equals(floats(embedding))) {
            throw Fault.usage(name + " is not a NotaGen checkpoint: " + head.name() + " differs from " + embedding.name()
                    + ", and NotaGen ties the two");
        }
    }

    private FloatBuffer floats(TensorSpec spec) {
        FloatBuffer values = FloatBuffer.allocate((int) spec.elements());
        read(spec, values);
        return values.flip();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelConfig config() {
        return tensors.config();
    }

    @Override
    public String hash() {
        if (hash == null) {
            hash = file.map(path -> HashMemo.inCacheFolder(path, this::contentHash)).orElseGet(this::contentHash);
        }
        return hash;
    }

    private String contentHash() {
        try {
            Sha256 sha = new Sha256();
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            channel.position(0);
            while (channel.read(chunk) >= 0) {
                sha.update(chunk.flip());
                chunk.clear();
            }
            return sha.hex();
        } catch (IOException e) {
            throw Fault.failed(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Path> original() {
        return isOriginal ? file : Optional.empty();
    }

    @Override
    public void read(TensorSpec spec, FloatBuffer into) {
        StoredTensor tensor = tensors.get(spec);
        int start = into.position();
        try {
            if (tensor.isContiguous()) {
                readSpan(tensor, into);
            } else {
                FloatBuffer span = FloatBuffer.allocate(Math.toIntExact(tensor.span()));
                readSpan(tensor, span);
                pick(tensor, span, into);
            }
        } catch (IOException e) {
            throw Fault.failed(name + " cannot be read: " + e.getMessage(), e);
        }
        requireFinite(spec, into, start);
    }

    /** The elements of the storage from the first to the last of the tensor, in the order of the storage. */
    private void readSpan(StoredTensor tensor, FloatBuffer into) throws IOException {
        StorageType type = tensor.storage().type();
        long offset = tensor.offset() * type.bytes();
        long remaining = tensor.span() * type.bytes();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, remaining));
        while (remaining > 0) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), remaining));
            content.readStorage(tensor.storage().key(), offset, chunk);
            offset += chunk.remaining();
            remaining -= chunk.remaining();
            type.toFloats(chunk, into);
        }
    }

    /**
     * The elements of a view, as a transposed matrix is one, in row order; no tensor of NotaGen has a third dimension.
     */
    private static void pick(StoredTensor tensor, FloatBuffer span, FloatBuffer into) {
        int inner = tensor.shape().size() - 1;
        int rows = inner == 0 ? 1 : tensor.shape().get(0).intValue();
        int columns = tensor.shape().get(inner).intValue();
        for (int row = 0; row < rows; row++) {
            long first = inner == 0 ? 0 : row * tensor.strides().get(0);
            for (int column = 0; column < columns; column++) {
                into.put(span.get((int) (first + column * tensor.strides().get(inner))));
            }
        }
    }

    private void requireFinite(TensorSpec spec, FloatBuffer values, int start) {
        for (int i = start; i < values.position(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw Fault.usage(name + " is damaged: tensor " + spec.name() + " holds " + values.get(i)
                        + " at element " + (i - start));
            }
        }
    }

    @Override
    public void close() {
        try {
            content.close();
            channel.close();
        } catch (IOException e) {
            throw Fault.failed(name + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
