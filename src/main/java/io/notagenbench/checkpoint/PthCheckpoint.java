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
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint file that {@code torch.save} wrote (notagen.md, section 1). What the file says is checked before it is
 * believed: names, shapes and sizes when it is opened, values when they are read. Tensors of an optimizer beside the
 * model are never read.
 */
final class PthCheckpoint implements Weights {

    private static final int CHUNK_BYTES = 1 << 20;
    /** Tensors may share storages; a small file still does not ask for the memory of a large model. */
    private static final int MOST_SHARING = 16;

    private final String name;
    private final SeekableByteChannel channel;
    private final CheckpointArchive archive;
    private final StateDict tensors;
    private final Optional<Path> file;
    private String hash;

    private PthCheckpoint(String name, Optional<Path> file, SeekableByteChannel channel, CheckpointArchive archive,
            StateDict tensors) {
        this.name = name;
        this.file = file;
        this.channel = channel;
        this.archive = archive;
        this.tensors = tensors;
    }

    /** @throws Fault if the file is not a NotaGen checkpoint; the sentence names it and the cause */
    static PthCheckpoint open(Path file) {
        if (Files.isDirectory(file)) {
            throw Fault.usage(file + " is a folder: give the .pth file in it");
        }
        // Opening a pipe would wait for somebody to write into it.
        if (!Files.isRegularFile(file)) {
            throw Fault.usage(file + " is a pipe or a device: give the .pth file itself");
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

    /** As {@link #open(Path)}; the channel is closed with the checkpoint, and where it cannot be opened. */
    static PthCheckpoint open(String name, SeekableByteChannel channel) throws IOException {
        return open(name, Optional.empty(), channel);
    }

    private static PthCheckpoint open(String name, Optional<Path> file, SeekableByteChannel channel) throws IOException {
        try {
            CheckpointArchive archive = CheckpointArchive.open(name, channel);
            StateDict tensors = StateDict.of(name, model(name, archive.pickle()));
            PthCheckpoint checkpoint = new PthCheckpoint(name, file, channel, archive, tensors);
            checkpoint.requireStorages();
            checkpoint.requireTiedHead();
            return checkpoint;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Map<String, StoredTensor> model(String name, byte[] pickle) {
        try {
            Object top = CheckpointPickle.read(pickle);
            if (top instanceof Map<?, ?> dictionary && dictionary.get("model") instanceof Map<?, ?> model) {
                return CheckpointPickle.tensors(model);
            }
        } catch (UnsafePickleException e) {
            throw Fault.usage(name + " is no NotaGen checkpoint: " + e.getMessage(), e);
        }
        throw Fault.usage(name + " is no NotaGen checkpoint: it has no state dict under the key 'model'");
    }

    /** Every storage is as long as the file and its tensors say. */
    private void requireStorages() throws IOException {
        List<TensorSpec> specs = new ArrayList<>(TensorSpec.all(config()));
        specs.add(StateDict.head(config()));
        long total = 0;
        for (TensorSpec spec : specs) {
            StoredTensor tensor = tensors.get(spec);
            StoredTensor.Storage storage = tensor.storage();
            long bytes = archive.storageBytes(storage.key());
            if (storage.elements() > bytes / storage.type().bytes()
                    || tensor.offset() > storage.elements() - spec.elements()) {
                throw Fault.usage(name + " is damaged: tensor " + spec.name()
                        + " reaches beyond the end of its storage");
            }
            total += spec.elements() * storage.type().bytes();
        }
        if (total / MOST_SHARING > channel.size()) {
            throw Fault.usage(name + " is no NotaGen checkpoint: its tensors claim " + total
                    + " bytes, and the file has " + channel.size());
        }
    }

    private void requireTiedHead() {
        TensorSpec embedding = StateDict.embedding(config());
        TensorSpec head = StateDict.head(config());
        if (!tensors.get(head).equals(tensors.get(embedding)) && !floats(head).equals(floats(embedding))) {
            throw Fault.usage(name + " is no NotaGen checkpoint: " + head.name() + " differs from " + embedding.name()
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
            hash = file.map(path -> HashMemo.inCacheFolder().of(path, this::contentHash)).orElseGet(this::contentHash);
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
    public void read(TensorSpec spec, FloatBuffer into) {
        StoredTensor tensor = tensors.get(spec);
        StorageType type = tensor.storage().type();
        int start = into.position();
        long offset = tensor.offset() * type.bytes();
        long remaining = spec.elements() * type.bytes();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, remaining));
        try {
            while (remaining > 0) {
                chunk.clear().limit((int) Math.min(chunk.capacity(), remaining));
                archive.readStorage(tensor.storage().key(), offset, chunk);
                offset += chunk.remaining();
                remaining -= chunk.remaining();
                type.widen(chunk, into);
            }
        } catch (IOException e) {
            throw Fault.failed(name + " cannot be read: " + e.getMessage(), e);
        }
        requireFinite(spec, into, start);
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
            archive.close();
            channel.close();
        } catch (IOException e) {
            throw Fault.failed(name + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
