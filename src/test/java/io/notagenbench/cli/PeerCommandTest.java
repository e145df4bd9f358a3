package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCommandTest {

    private static final String CHECKOUT = "NOTAGEN_CHECKOUT";
    private static final String PYTHON = "NOTAGEN_PYTHON";

    @TempDir
    private Path folder;

    @Test
    void checkoutAndPythonAreAskedFor() {
        Invocation run = Invocation.of("peer", "--python", "python3");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--checkout");
    }

    @Test
    void aFolderWithoutNotaGenIsRefused() {
        assertThat(refusal())
                .contains("is not a checkout of NotaGen: inference/utils.py is missing. Get one with git clone");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "--arms; onnx/cached; 'onnx/cached' is not an arm: write backend/precision/decoding",
        "--arms; onnx/fp33/cached; 'onnx/fp33/cached' is not an arm: precision=fp33 is not possible: allowed is fp32, tf32",
        "--arms; onnx/fp32/cached,onnx/fp32/cached; names an arm twice",
        "--rounds; 0; --rounds must be at least 1, not 0",
        "--timeout; -1; --timeout must be at least 1, not -1",
        "-p; backend=onnx; peer does not take the parameter backend: choose what",
        "-p; work=long; peer does not take the parameter work. It takes: ",
        "-p; seed=1,2; -p seed=1,2 is a list"})
    void impossibleSettingsAreRefusedBeforeAnythingRuns(String option, String value, String sentence) {
        assertThat(refusal(option, value)).contains(sentence);
    }

    @Test
    void anArmThatItsBackendCannotDoIsRefused() throws IOException {
        checkout();
        assertThat(refusal("--arms", "pytorch/bf16/recompute")).contains("arm pytorch/bf16/recompute: ");
    }

    @Test
    void aWindowBeyondTheRowsIsRefused() throws IOException {
        checkout();
        assertThat(refusal("-p", "patchLength=300")).contains("patchLength=300 is more than the 256 position rows");
    }

    @Test
    void aPythonThatIsNotThereIsRefused() throws IOException {
        checkout();
        assertThat(refusal()).contains("--python " + folder + "/no-python cannot be started");
    }

    /** Needs a checkout of the original and a Python with its requirements: name them in the environment. */
    @Test
    @EnabledIfEnvironmentVariable(named = CHECKOUT, matches = ".+")
    @EnabledIfEnvironmentVariable(named = PYTHON, matches = ".+")
    void theOriginalWritesTheSameText() throws IOException {
        Invocation run = Invocation.of("peer", "--checkout", System.getenv(CHECKOUT), "--python",
                System.getenv(PYTHON), "--rounds", "2", "-p", "patches=60", "-p", "patchLength=32", "-p", "seed=3",
                "-p", "threads=1", "-o", folder.resolve("out").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(PrintedTable.of(run.out(), "arm").column("text")).hasSize(5).containsOnly("same");
        JsonNode result = new ObjectMapper().readTree(folder.resolve("out/peer.json").toFile());
        assertThat(result.path("runs")).hasSize(10)
                .allMatch(each -> each.path("text").asText().startsWith("%Romantic\n")
                        && each.path("patches").asInt() == 60 && each.path("cuts").asInt() > 0);
        assertThat(result.path("rows")).hasSize(5);
    }

    private void checkout() throws IOException {
        Files.createDirectories(folder.resolve("inference"));
        Files.createFile(folder.resolve("inference/utils.py"));
        Files.createFile(folder.resolve("inference/config.py"));
    }

    private String refusal(String... more) {
        List<String> args = new ArrayList<>(List.of("peer", "--checkout", folder.toString(), "--python",
                folder + "/no-python"));
        args.addAll(List.of(more));
        Invocation run = Invocation.of(args.toArray(new String[0]));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
