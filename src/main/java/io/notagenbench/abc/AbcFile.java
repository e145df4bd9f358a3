package io.notagenbench.abc;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.gcardone.junidecode.Junidecode;

/** A file of ABC as lines of ASCII, whatever its encoding and its line ends: NotaGen reads nothing else. */
final class AbcFile {

    private static final long LARGEST = 4L << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** The encoding assumed for old files, a superset of Latin 1. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final String CONVERT = "convert it to ABC first with python xml2abc.py -d 8 -c 6 -x FILE, which is"
            + " in the folder data of the original";

    private AbcFile() {
    }

    /**
     * The lines without their ends. Letters outside ASCII are transliterated, as the original does with
     * {@code unidecode}.
     *
     * @throws Fault (usage) if there is no such file, it cannot be read, or it is of another kind
     */
    static List<String> lines(Path file) {
        byte[] bytes = bytes(file);
        requireAbc(file, bytes);
        String text = decode(bytes);
        if (text.isBlank()) {
            throw refuse(file, "it is empty");
        }
        if (text.indexOf('\0') >= 0) {
            throw refuse(file, "it is not text");
        }
        return text.lines().map(line -> Junidecode.unidecode(line.replace('\u266d', 'b').replace('\u266f', '#'))
                .replaceAll("[\\n\\r]", " ").replaceAll("[^ -~\\t]", "")).toList();
    }

    /** @param why a clause that says what is missing, and what to do */
    static Fault refuse(Path file, String why) {
        return Fault.usage(file + " cannot become a trace: " + why + ".");
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw refuse(file, "it is a folder; name one file of ABC");
        }
        if (!Files.exists(file)) {
            throw refuse(file, "there is no such file");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw refuse(file, "it is larger than 4 MiB, and a piece has at most " + ScoreText.LONGEST
                    + " characters");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refuse(file, "it cannot be read: " + Fault.reason(e));
        }
    }

    private static void requireAbc(Path file, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00EF\u00BB\u00BF", "").stripLeading();
        if (start.startsWith("<?xml") || start.startsWith("<score") || start.startsWith("<!DOCTYPE score")) {
            throw refuse(file, "it is MusicXML; " + CONVERT);
        }
        if (start.startsWith("PK\003\004")) {
            throw refuse(file, "it is an archive; if it is compressed MusicXML, " + CONVERT);
        }
        if (start.startsWith("MThd")) {
            throw refuse(file, "it is MIDI; convert it to ABC first, with midi2abc for instance");
        }
        if (start.startsWith("{")) {
            throw refuse(file, "it is JSON, not ABC; if it is a trace, -p work=" + file + " takes it as it is");
        }
        if (start.startsWith("<")) {
            throw refuse(file, "it is a page of HTML or XML, not ABC; save the ABC text alone");
        }
    }

    private static String decode(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
                || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, WINDOWS);
        }
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }
}
