package io.notagenbench.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlVariablesTest {

    @TempDir
    private Path folder;

    @Test
    void variablesThatChangeNothingAreNoProblem() {
        Map<String, String> image = Map.of("PYTORCH_VERSION", "2.4.0", "PYTORCH_FLAVOR", "cu124-precxx11", "PYTORCH_PRECXX11", "true",
                "DJL_DEFAULT_ENGINE", "");
        assertThat(DjlVariables.problem(image::get)).isEmpty();
        assertThat(DjlVariables.hint("", image::get)).isEmpty();
    }

    @Test
    void aVariableThatLeadsNowhereIsNamedWithTheFix() {
        for (String value : new String[] {"", "/nowhere", "/nowhere:" + folder}) {
            assertThat(DjlVariables.problem(Map.of("PYTORCH_LIBRARY_PATH", value)::get).orElseThrow())
                    .contains("PYTORCH_LIBRARY_PATH=" + value + " names no folder", "unset PYTORCH_LIBRARY_PATH");
            assertThat(DjlVariables.problem(Map.of("PYTORCH_EXTRA_LIBRARY_PATH", value)::get).orElseThrow())
                    .contains("is not a file", "unset PYTORCH_EXTRA_LIBRARY_PATH");
        }
        assertThat(DjlVariables.problem(Map.of("DJL_DEFAULT_ENGINE", "MXNet")::get).orElseThrow())
                .contains("DJL_DEFAULT_ENGINE=MXNet", "unset DJL_DEFAULT_ENGINE");
    }

    @Test
    void aLibtorchOfOnesOwnIsTaken() throws IOException {
        Path library = Files.createFile(folder.resolve(System.mapLibraryName("torch")));
        for (Path named : new Path[] {folder, library}) {
            assertThat(DjlVariables.problem(Map.of("PYTORCH_LIBRARY_PATH", named.toString())::get)).isEmpty();
        }
        Map<String, String> own = Map.of("PYTORCH_LIBRARY_PATH", folder.toString());
        assertThat(DjlVariables.hint("file too short", own::get)).contains("unset PYTORCH_LIBRARY_PATH").doesNotContain("FLAVOR");
        assertThat(DjlVariables.hint("no jnilib/x", own::get)).contains("unset PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR=cpu");
    }
}
