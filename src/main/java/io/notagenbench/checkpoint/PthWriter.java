package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes weights as {@code torch.save} does, in fp32: a zip whose members are stored, with a pickle of protocol 2 that
 * holds the one key {@code model} (notagen.md, section 1). So the original can read the embedded checkpoint, the
 * synthetic presets, and checkpoints that were saved in another way than its own.
 */
public final class PthWriter {

    private static final String FOLDER = "archive/";
    private static final String VERSION = "3\n";
    /** A part of the original's state dict that no forward pass reads: {@code [1, H]}. */
    private static final String DEAD_EMBEDDING = "patch_level_decoder.base.wte.weight";

    private PthWriter() {
    }

    /**
     * Writes a whole checkpoint with one tensor at a time in memory.
     *
     * @param file created, or replaced
     * @throws Fault if it cannot be written, or a tensor cannot be read
     */
    public static void write(Weights weights, Path file) {
        List<TensorSpec> specs = new ArrayList<>(TensorSpec.all(weights.config()));
        TensorSpec dead = new TensorSpec(DEAD_EMBEDDING, List.of(1, weights.config().hidden()));
        specs.add(dead);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipEntry.STORED);
            add(zip, "data.pkl", ByteBuffer.wrap(pickle(specs)));
            add(zip, "byteorder", ByteBuffer.wrap("little".getBytes(StandardCharsets.US_ASCII)));
            for (int i = 0; i < specs.size(); i++) {
                TensorSpec spec = specs.get(i);
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(spec.elements() * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                if (spec != dead) {
                    weights.read(spec, bytes.asFloatBuffer());
                }
                add(zip, "data/" + i, bytes);
            }
            add(zip, "version", ByteBuffer.wrap(VERSION.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw Fault.failed("The checkpoint " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static void add(ZipOutputStream zip, String name, ByteBuffer content) throws IOException {
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setSize(content.capacity());
        CRC32 crc = new CRC32();
        crc.update(content.array());
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.array());
        zip.closeEntry();
    }

    /** Opcodes as in Python's {@code pickletools}: {@code {'model': OrderedDict(name=tensor, ...)}}. */
    private static byte[] pickle(List<TensorSpec> specs) throws IOException {
        Pickle pickle = new Pickle();
        pickle.op(0x80, 2, '}').text("model").orderedDict().op('(');
        for (int i = 0; i < specs.size(); i++) {
            pickle.text(specs.get(i).name()).tensor(specs.get(i), i);
            if (specs.get(i).name().equals(TensorSpec.CHAR_EMBEDDING)) {
                pickle.text(TensorSpec.LM_HEAD).tensor(specs.get(i), i);
            }
        }
        return pickle.op('u', 's', '.').bytes();
    }

    /** The few words of the pickle language that tensors need. */
    private static final class Pickle {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle op(int... codes) {
            for (int code : codes) {
                out.write(code);
            }
            return this;
        }

        Pickle text(String text) throws IOException {
            op('X').little(text.length());
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Pickle number(int value) {
            return op('J').little(value);
        }

        Pickle global(String module, String name) throws IOException {
            op('c');
            out.write((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Pickle orderedDict() throws IOException {
            return global("collections", "OrderedDict").op(')', 'R');
        }

        /** A row-major fp32 tensor that fills the storage of this number. */
        Pickle tensor(TensorSpec spec, int storage) throws IOException {
            int elements = Math.toIntExact(spec.elements());
            global("torch._utils", "_rebuild_tensor_v2").op('(');
            op('(').text("storage").global("torch", "FloatStorage").text(Integer.toString(storage)).text("cpu")
                    .number(elements).op('t', 'Q');
            number(0).op('(');
            spec.shape().forEach(this::number);
            op('t', '(');
            int stride = elements;
            for (int size : spec.shape()) {
                stride /= size;
                number(stride);
            }
            return op('t', 0x89).orderedDict().op('t', 'R');
        }

        private Pickle little(int value) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                op(value >>> shift & 0xff);
            }
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
