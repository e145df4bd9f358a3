package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a person named for a result: checked before the work, written after it. */
final class OutputFile {

    private OutputFile() {
    }

    /** @throws Fault (usage) if it cannot be a file: it is a folder, or its folder is not there or closed */
    static void check(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw Fault.usage(option + " " + file + " is a folder: name a file.");
        }
        if (!Files.isDirectory(folder)) {
            throw Fault.usage(option + " " + file + " cannot be written: its folder does not exist. Make it:"
                    + " mkdir -p " + folder + ".");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw Fault.usage(option + " " + file + " cannot be written: you may not write there.");
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be written: " + Fault.reason(e) + ".", e);
        }
    }
}
