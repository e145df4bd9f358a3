package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kind of a file, by its first bytes and not by its name. If it is not a checkpoint, the message says what it is,
 * for example a failed download or a file of another program.
 */
final class FileFormat {

    private static final int HEAD_BYTES = 512;
    private static final int TAR_MAGIC_AT = 257;
    private static final int SHOWN_TEXT = 30;
    /** The number 0x1950a86a20f9469cfc6c at the beginning of a pickle: PyTorch's format before 1.6. */
    private static final byte[] LEGACY = {(byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a,
        (byte) 0xa8, 0x50, 0x19};
    private static final int PICKLE = 0x80;
    private static final int NEWEST_PROTOCOL = 5;
    private static final String PYTORCH_ONLY = "; give the checkpoint that PyTorch wrote (.pth, .ckpt, .safetensors)";
    private static final String UNPACK = ": unpack it, and give the checkpoint in it";

    /** The first bytes of a kind of file, and the message about it. */
    private record Magic(String bytes, String finding) {
    }

    private static final List<Magic> MAGICS = List.of(
            new Magic("version https://git-lfs",
                    "is a git-lfs pointer, not the checkpoint itself: fetch it with: git lfs pull"),
            new Magic("GGUF", "is a GGUF file of llama.cpp" + PYTORCH_ONLY),
            new Magic("\u0089HDF", "is an HDF5 file, as Keras writes it" + PYTORCH_ONLY),
            new Magic("\u0093NUMPY", "is an array of NumPy" + PYTORCH_ONLY),
            new Magic("\u001f\u008b", "is packed with gzip" + UNPACK),
            new Magic("BZh", "is packed with bzip2" + UNPACK),
            new Magic("\u00fd7zXZ", "is packed with xz" + UNPACK),
            new Magic("\u0028\u00b5\u002f\u00fd", "is packed with zstd" + UNPACK),
            new Magic("7z\u00bc\u00af", "is a 7z archive" + UNPACK),
            new Magic("Rar!", "is a rar archive" + UNPACK));

    private final byte[] head;
    private final long size;

    private FileFormat(byte[] head, long size) {
        this.head = head;
        this.size = size;
    }

    /** Looks at the beginning of a file. */
    static FileFormat of(SeekableByteChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        channel.position(0);
        while (head.hasRemaining() && channel.read(head) >= 0) {
            // Reads until the head is full or the file ends.
        }
        return new FileFormat(Arrays.copyOf(head.array(), head.position()), channel.size());
    }

    boolean isZip() {
        return startsWith("PK");
    }

    /** A length of 8 bytes, and a header in JSON. */
    boolean isSafetensors() {
        if (head.length <= Long.BYTES || head[Long.BYTES] != '{') {
            return false;
        }
        // A text may have a brace in this place, but its letters make a length that no file has.
        long header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 0 && header < 1L << 40;
    }

    /** What is wrong with a file that is neither of the two; the part of a sentence after its name. */
    String finding() {
        if (size == 0) {
            return "is empty: copy the file again";
        }
        if (head.length > 0 && (head[0] & 0xff) == PICKLE && head.length > 1 && head[1] <= NEWEST_PROTOCOL) {
            return pickleFinding();
        }
        return MAGICS.stream().filter(magic -> startsWith(magic.bytes)).map(Magic::finding).findFirst()
                .or(this::tar).or(this::onnx).or(this::zeros).or(this::text)
                .orElse("is not a checkpoint: it is neither a zip archive as torch.save writes it nor a safetensors file");
    }

    private String pickleFinding() {
        for (int at = 2; at <= 2 + 9; at++) {
            if (at + LEGACY.length <= head.length
                    && Arrays.equals(head, at, at + LEGACY.length, LEGACY, 0, LEGACY.length)) {
                return "has the format of PyTorch before 1.6: save it again with a newer PyTorch:"
                        + " torch.save(torch.load(path, weights_only=True), path)";
            }
        }
        return "is a bare pickle, not a zip archive as torch.save writes it: load it where you trust it, and save the"
                + " weights with torch.save(model.state_dict(), path)";
    }

    private Optional<String> tar() {
        boolean tar = head.length > TAR_MAGIC_AT + 5
                && new String(head, TAR_MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
        return tar ? Optional.of("is a tar archive" + UNPACK) : Optional.empty();
    }

    /** A protobuf message that begins with its version, followed by one of the other fields of a model. */
    private Optional<String> onnx() {
        boolean onnx = head.length > 2 && head[0] == 0x08 && head[1] > 0 && head[1] < 32
                && List.of(0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42).contains((int) head[2]);
        return onnx ? Optional.of("is an ONNX model" + PYTORCH_ONLY) : Optional.empty();
    }

    private Optional<String> zeros() {
        for (byte value : head) {
            if (value != 0) {
                return Optional.empty();
            }
        }
        return Optional.of("begins with zeros, as a download does that has not finished: download it again");
    }

    private Optional<String> text() {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (!text.matches("[\\t\\n\\r -~\\u0080-\\u00ff]*")) {
            return Optional.empty();
        }
        // A byte order mark may precede it.
        String content = text.replaceFirst("^\u00ef\u00bb\u00bf", "").strip();
        if (content.startsWith("<")) {
            return Optional.of("is a web page, not the checkpoint itself: the address that it was downloaded from shows a"
                    + " page, or asks to log in");
        }
        if (content.startsWith("{") && content.contains("\"weight_map\"")) {
            return Optional.of("is the index of a model in several files: load them together in Python, and save one file"
                    + " with torch.save(model.state_dict(), path)");
        }
        return Optional.of("is a text and not a checkpoint; it begins with '"
                + Printable.of(content.substring(0, Math.min(SHOWN_TEXT, content.length()))) + "'");
    }

    private boolean startsWith(String magic) {
        return new String(head, 0, Math.min(magic.length(), head.length), StandardCharsets.ISO_8859_1).equals(magic);
    }
}
