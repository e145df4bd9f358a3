package io.notagenbench.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Loading a model takes its weights of memory and little more, at its peak and afterwards. */
class PyTorchMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    /** Writing a 5 makes the peak of the resident memory start again from what it is now. */
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private final RandomWeights weights = new RandomWeights(new ModelConfig(12, 3, 768, 128));
    private final long bytes = weights.config().parameters() * Float.BYTES;

    @BeforeAll
    static void startTheEngine() {
        assumeTrue(Files.isReadable(STATUS) && Files.isWritable(CLEAR), "resident memory is read from /proc");
        open(new RandomWeights(new ModelConfig(1, 1, 64, 8))).close();
    }

    @Test
    void loadingPeaksAtTheWeightsAndLittleMore() throws IOException {
        FreedMemory.giveBack();
        Files.writeString(CLEAR, "5");
        long before = status("VmRSS");
        try (NotaGenModel model = open(weights)) {
            // Java's heap may give some memory back meanwhile
            assertThat(status("VmHWM") - before).as("peak, of %d bytes of weights", bytes)
                    .isBetween(bytes - bytes / 5, bytes + bytes / 6);
        }
    }

    @Test
    void loadingLeavesNoFreedMemoryBehind() throws IOException {
        try (NotaGenModel model = open(weights)) {
            long loaded = status("VmRSS");
            FreedMemory.giveBack();
            assertThat(loaded - status("VmRSS")).as("freed and kept, of %d bytes of weights", bytes).isLessThan(bytes / 20);
        }
    }

    private static NotaGenModel open(RandomWeights weights) {
        EngineSettings settings = EngineSettings.of(Parameters.defaults().with(Parameter.BACKEND, "pytorch"));
        return new PyTorchBackend().open(settings, weights);
    }

    /** A line of /proc/self/status, in bytes. */
    private static long status(String name) throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow() * 1024;
    }
}
