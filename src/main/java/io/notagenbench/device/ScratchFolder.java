package io.notagenbench.device;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of temporary files of this process and its children: JMH and ONNX Runtime need it. */
public final class ScratchFolder {

    private static final String PROPERTY = "java.io.tmpdir";
    /** Bytes of the test file: more than JMH's small files have. */
    private static final int PROBE_BYTES = 1 << 16;

    private ScratchFolder() {
    }

    public static Path path() {
        return Path.of(System.getProperty(PROPERTY)).toAbsolutePath();
    }

    /** Why nothing can be written there, in one sentence with the fix; empty where it can. */
    public static Optional<String> problem() {
        try {
            Path probe = Files.createTempFile(path(), "notagen-bench", "");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Nothing can be written to the temporary folder " + path() + ": " + Fault.reason(e)
                    + "; mend that, or name another folder: java -D" + PROPERTY + "=FOLDER -jar benchmarks.jar ..., or export JAVA_TOOL_OPTIONS=-D"
                    + PROPERTY + "=FOLDER.");
        }
    }

    /** @throws Fault (failed) if nothing can be written there */
    public static void require() {
        problem().ifPresent(problem -> {
            throw Fault.failed(problem);
        });
    }
}
