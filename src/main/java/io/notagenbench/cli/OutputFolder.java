package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that a person named for results: checked before the work that fills it. */
final class OutputFolder {

    private OutputFolder() {
    }

    /**
     * Makes nothing.
     *
     * @param option the option that names it, or how else it is called
     * @throws Fault (usage) if it is something else than a folder, or may neither be written to nor made
     */
    static void check(String option, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        if (Files.isRegularFile(existing)) {
            throw Fault.usage(option + " " + folder + " cannot be a folder: " + existing + " is a file.");
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing) || !Files.isExecutable(existing)) {
            throw Fault.usage(option + " " + folder + " cannot be written: you may not write to " + existing
                    + ". Name another folder.");
        }
    }
}
