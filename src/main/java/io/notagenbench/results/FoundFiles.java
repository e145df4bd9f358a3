package io.notagenbench.results;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The files below a folder. Beside and within results there may be folders that only other users may read: {@code Files.walk}
 * ends at the first of them, this goes on.
 *
 * @param files  regular files, sorted
 * @param closed folders that this user may not list, sorted
 */
public record FoundFiles(List<Path> files, List<Path> closed) {

    public FoundFiles {
        files = files.stream().sorted().toList();
        closed = closed.stream().sorted().toList();
    }

    /** @param depth 1 for the files of the folder alone */
    public static FoundFiles below(Path folder, int depth) {
        List<Path> files = new ArrayList<>();
        List<Path> closed = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), depth, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                    if (facts.isRegularFile()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    closed.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) {
                    if (e != null) {
                        closed.add(folder);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("the visitor passes over whatever it may not read", e);
        }
        return new FoundFiles(files, closed);
    }
}
