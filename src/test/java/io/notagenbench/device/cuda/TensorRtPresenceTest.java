package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtPresenceTest {

    @TempDir
    Path folder;

    @Test
    void allOfItsLibrariesMustBeThere() throws IOException {
        Files.createFile(folder.resolve("libnvinfer.so.10"));
        Files.createFile(folder.resolve("libcudnn.so.9"));
        TensorRtPresence half = TensorRtPresence.in(List.of(folder));
        assertThat(half.isHere()).isFalse();
        assertThat(half.missing("provider=tensorrt").orElseThrow()).startsWith("provider=tensorrt cannot run here: libnvonnxparser.so.10 is"
                + " not found; install TensorRT 10").endsWith("or choose provider=cuda.");
        Files.createFile(folder.resolve("libnvonnxparser.so.10"));
        TensorRtPresence whole = TensorRtPresence.in(List.of(folder.resolve("none"), folder));
        assertThat(whole.isHere()).isTrue();
        assertThat(whole.missing("provider=tensorrt")).isEmpty();
    }

    @Test
    void itIsLookedForWhereTheLoaderLooks() throws IOException {
        Files.writeString(folder.resolve("tensorrt.conf"), "# here it is\n/opt/tensorrt/lib\n");
        assertThat(TensorRtPresence.folders(Map.of("LD_LIBRARY_PATH", "/home/a/lib::/home/b/lib"), folder))
                .startsWith(Path.of("/home/a/lib"), Path.of("/home/b/lib")).contains(Path.of("/usr/lib/x86_64-linux-gnu"))
                .endsWith(Path.of("/opt/tensorrt/lib"));
        assertThat(TensorRtPresence.folders(Map.of(), folder.resolve("none"))).isNotEmpty();
    }
}
