package io.notagenbench.engine.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive of code and whole numbers, without weights: a zip whose members are stored, with the class as
 * source text and its one object as a pickle of protocol 2 (format of {@code torch/csrc/jit/serialization}).
 */
final class ScriptArchive {

    private static final String FOLDER = "notagen/";
    /** Archive version 10: no operator is upgraded when the code is loaded. */
    private static final String VERSION = "10\n";
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};
    private static final int TUPLE1 = 0x85;
    private static final int TUPLE2 = 0x86;
    /** The zip writer adds no time stamp field to times from 1981 on. */
    private static final long TIME = 1_000_000_000_000L;

    private ScriptArchive() {
    }

    /**
     * @param className name of the class in {@code source}; it has an attribute {@code w}, a list of tensors, and an
     *                  attribute {@code q}, a list of quantised linear layers, both empty at first
     * @param source    text of the class
     * @param integers  its attributes that are whole numbers
     */
    static byte[] of(String className, String source, Map<String, Integer> integers) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                add(zip, "data.pkl", object(className, integers));
                add(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
                add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.US_ASCII));
                add(zip, "constants.pkl", EMPTY_TUPLE);
                add(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setTime(TIME);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] object(String className, Map<String, Integer> integers) throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        text(pickle, "c__torch__\n" + className + "\n)");
        pickle.write(0x81);
        text(pickle, "}(");
        key(pickle, "training");
        pickle.write(0x89);
        for (Map.Entry<String, Integer> entry : integers.entrySet()) {
            key(pickle, entry.getKey());
            pickle.write('J');
            littleEndian(pickle, entry.getValue());
        }
        key(pickle, "w");
        text(pickle, "ctorch.jit._pickle\nbuild_tensorlist\n](e");
        pickle.write(TUPLE1);
        text(pickle, "R");
        key(pickle, "s");
        text(pickle, "ctorch.jit._pickle\nbuild_tensorlist\n](e");
        pickle.write(TUPLE1);
        text(pickle, "R");
        key(pickle, "q");
        text(pickle, "ctorch.jit._pickle\nrestore_type_tag\n](e");
        key(pickle, "List[__torch__.torch.classes.quantized.LinearPackedParamsBase]");
        pickle.write(TUPLE2);
        text(pickle, "Rub.");
        return pickle.toByteArray();
    }

    private static void key(ByteArrayOutputStream pickle, String name) throws IOException {
        pickle.write('X');
        littleEndian(pickle, name.length());
        text(pickle, name);
    }

    private static void littleEndian(ByteArrayOutputStream pickle, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            pickle.write(value >>> shift);
        }
    }

    private static void text(ByteArrayOutputStream pickle, String text) throws IOException {
        pickle.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
