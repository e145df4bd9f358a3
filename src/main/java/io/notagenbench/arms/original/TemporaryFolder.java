package io.notagenbench.arms.original;

import io.notagenbench.device.ScratchFolder;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted when this process ends, also by an interrupt: a checkpoint in it may have gigabytes. */
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;
    private final Thread onExit = new Thread(this::delete);

    public TemporaryFolder() {
        ScratchFolder.require();
        try {
            path = Files.createTempDirectory("notagen-peer");
        } catch (IOException e) {
            throw Fault.failed("Cannot create a temporary folder: " + Fault.reason(e)
                    + ". Choose another place: java -Djava.io.tmpdir=FOLDER -jar benchmarks.jar peer ...", e);
        }
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    public Path path() {
        return path;
    }

    private void delete() {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The system deletes what is left in its temporary folder.
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // This process is ending, so the hook runs or has run.
        }
    }
}
