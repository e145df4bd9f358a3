package io.notagenbench.merge;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.FoundFiles;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which files of a run a merge takes along. */
final class Layout {

    /** Files that a merge writes itself, and files that are only valid for the original run. */
    private static final Set<String> MADE_ANEW = Set.of(RunFolder.JOURNAL, RunFolder.FORKS, RunFolder.ENVIRONMENT, RunFolder.CELLS,
            RunFolder.LOGS, RunFolder.PIECES, RunFolder.SOURCES, "results.json", "tmp", "sweep.lock", "summary.md", "report.html", "tables");

    private Layout() {
    }

    /** The files of a run that are neither a cell's nor made anew, relative to its folder. */
    static FoundFiles others(Path folder) {
        FoundFiles all = FoundFiles.below(folder, Integer.MAX_VALUE);
        return new FoundFiles(others(folder, all.files()), others(folder, all.closed()));
    }

    private static List<Path> others(Path folder, List<Path> all) {
        return all.stream().map(folder::relativize).filter(file -> !MADE_ANEW.contains(file.getName(0).toString())).toList();
    }

    /** The files of a cell, {@code NNN.log} or {@code NNN-2.log}. */
    static List<Path> ofCell(Path folder, int number) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("0*" + number + "\\D.*")).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    static Fault unreadable(Path file, IOException e) {
        return Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
    }
}
