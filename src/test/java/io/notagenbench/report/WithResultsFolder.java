package io.notagenbench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives every test a results folder of its own, without a cell. */
abstract class WithResultsFolder {

    @TempDir
    Path temporary;

    ResultsFolder folder;

    @BeforeEach
    void make() throws IOException {
        folder = new ResultsFolder(Files.createDirectory(temporary.resolve("run")));
    }
}
