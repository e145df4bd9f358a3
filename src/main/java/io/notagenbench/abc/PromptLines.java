package io.notagenbench.abc;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The first lines of a user's own piece, header or music, which the model continues: the {@code prompt_lines} of the
 * original. Each line is cut into patches by itself. The first line of music that the model writes begins with
 * {@code [r:0/}, even if the prompt has music.
 *
 * @param label the path of the file, or {@code none} if there are no lines
 * @param lines as in {@link Prompt}
 */
public record PromptLines(String label, List<String> lines) implements Prompt {

    /** Bytes of the longest piece that NotaGen writes; no prompt is longer. */
    private static final int LONGEST = 102_400;
    private static final int DEL = 127;
    /** The label of lines that come from no file. */
    private static final String SENT = "lines";

    /** @throws Fault (usage) if NotaGen cannot read a line; the sentence has its number */
    public PromptLines {
        lines = List.copyOf(lines);
        for (int i = 0; i < lines.size(); i++) {
            boolean ends = lines.get(i).endsWith("\n");
            check(label, i + 1, ends ? lines.get(i).substring(0, lines.get(i).length() - 1) : lines.get(i));
            if (!ends && i < lines.size() - 1) {
                throw fault(label, i + 1, "has no newline, but other lines follow it");
            }
        }
    }

    private static void check(String label, int number, String line) {
        if (line.endsWith("\r")) {
            throw fault(label, number, "ends with a carriage return, as on Windows" + fix(label, "sed -i 's/\\r$//'"));
        }
        if (line.isBlank()) {
            throw fault(label, number, "is empty, which ends a tune in ABC" + fix(label, "sed -i '/^ *$/d'"));
        }
        if (line.startsWith("X:")) {
            throw fault(label, number, "is '" + line.replaceAll("[^ -~]", "?") + "', but NotaGen's texts have no X:,"
                    + " and the final ABC gets one" + fix(label, "sed -i '/^X:/d'"));
        }
        line.chars().filter(c -> c < ' ' || c >= DEL).findFirst().ifPresent(c -> {
            throw fault(label, number, "has the character " + String.format("U+%04X", c)
                    + ", but NotaGen reads only printable ASCII" + fix(label, "iconv -t ASCII//TRANSLIT"));
        });
    }

    /** Returns the command that fixes a file; empty for lines that are not from a file. */
    private static String fix(String label, String command) {
        return label.equals(SENT) ? "" : ": " + command + " '" + label + "'";
    }

    private static Fault fault(String label, int number, String what) {
        return Fault.usage("prompt=" + label + " is not possible: line " + number + " " + what + ".");
    }

    /** @throws Fault (usage) if they are too long, or with the line that NotaGen cannot read */
    static PromptLines sent(String text) {
        if (text.length() > LONGEST) {
            throw Fault.usage("prompt=" + SENT + " is not possible: there are more than " + LONGEST
                    + " characters, and a piece has no more.");
        }
        return new PromptLines(SENT, Lines.of(text));
    }

    /** @throws Fault (usage) if there is no such file, it cannot be read, or it is not a prompt */
    static PromptLines read(String path) {
        return read(NamedPath.of(path));
    }

    private static PromptLines read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Fault.usage("prompt=" + file + " is not possible: there is no such file. Give a file with the first"
                    + " lines of a piece, or prompt=none to write without a prompt.");
        }
        if (!Files.isReadable(file)) {
            throw Fault.usage("prompt=" + file + " is not possible: you may not read the file; its owner can allow"
                    + " it with chmod a+r '" + file + "'.");
        }
        try {
            if (Files.size(file) > LONGEST) {
                throw Fault.usage("prompt=" + file + " is not possible: the file has more than " + LONGEST
                        + " bytes, and no piece is longer.");
            }
            PromptLines read = new PromptLines(file.toString(), Lines.of(new String(Files.readAllBytes(file),
                    StandardCharsets.UTF_8)));
            if (read.lines().isEmpty()) {
                throw Fault.usage("prompt=" + file + " is not possible: the file is empty. Use prompt=none to write"
                        + " without a prompt.");
            }
            return read;
        } catch (IOException e) {
            throw Fault.usage("prompt=" + file + " is not possible: the file cannot be read: " + e.getMessage()
                    + ".", e);
        }
    }

    @Override
    public List<String> warnings() {
        return lines.isEmpty() || text().endsWith("\n") ? List.of() : List.of("The last line of " + label
                + " has no newline: the model continues that line.");
    }
}
