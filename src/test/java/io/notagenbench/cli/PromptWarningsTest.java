package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A prompt that NotaGen does not know is told of once, whatever writes pieces from it. */
class PromptWarningsTest {

    private static final String WARNING = "Warning: prompt Romantic/Chopan/Keyboard is not one of the 112 that NotaGen was fine-tuned"
            + " on. It does not know the composer Chopan: did you mean Chopin-Frederic? java -jar benchmarks.jar prompts lists all of"
            + " them.";

    @TempDir
    Path folder;

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(List.of("generate", "--raw", "-p", "backend=onnx", "-p", "patches=2")),
                Arguments.of(List.of("verify", "-p", "backend=onnx", "-p", "patches=2", "-p", "threads=1,2")),
                Arguments.of(List.of("sweep", "FullPiece", "-p", "seed=0..3", "--dry-run")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTellsOfItOnce(List<String> command) {
        Invocation run = Invocation.of(Stream.concat(command.stream(), Stream.of("-p", "prompt=Romantic/Chopan/Keyboard"))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines()).containsExactly(WARNING);
    }

    @Test
    void jmhTellsOfItOnceForAllForks() throws Exception {
        Launch run = Launch.in(folder).run("FullPiece", "-p", "backend=onnx", "-p", "decoding=cached", "-p", "patches=2", "-wi", "0",
                "-i", "1", "-f", "2", "-p", "prompt=Romantic/Chopan/Keyboard,none,Romantic/Alkan_Charles-Valentin/Keyboard");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines().filter(line -> line.startsWith("Warning: prompt"))).hasSize(2).contains(WARNING);
        assertThat(run.out()).doesNotContain("is not one of the 112").contains("(prompt)", "none");
    }

    @Test
    void aPlanIsToldOfAsWell() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "timeoutSeconds: 60\nentries:\n"
                + "- {benchmark: FullPieceBenchmark.generate, params: {backend: onnx, prompt: [Romantic/Chopan/Keyboard, none]}}\n");
        assertThat(Invocation.of("sweep", plan.toString(), "--dry-run").err().lines()).containsExactly(WARNING);
    }

    @Test
    void aSweepTellsOfItAndNotItsForks() throws Exception {
        Path run = folder.resolve("run");
        Invocation sweep = Invocation.of("sweep", "FullPiece", "-o", run.toString(), "--no-ruler", "-p", "backend=onnx", "-p",
                "decoding=cached", "-p", "patches=2", "-f", "1", "-wi", "0", "-i", "1", "-p", "prompt=Romantic/Chopan/Keyboard");
        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        assertThat(sweep.err().lines().filter(WARNING::equals)).hasSize(1);
        try (Stream<Path> logs = Files.list(run.resolve("logs"))) {
            assertThat(logs).isNotEmpty().allSatisfy(log -> assertThat(log).content().doesNotContain("is not one of the 112"));
        }
    }

    @Test
    void theCommandPromptsListsThem() {
        assertThat(Invocation.of("prompts").out().lines()).hasSize(112);
        assertThat(Invocation.of("prompts", "bach", "choral").out())
                .isEqualToIgnoringNewLines("Baroque/Bach-Johann-Sebastian/Choral");
        Invocation none = Invocation.of("prompts", "kazoo");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("None of the 112 prompts has kazoo in it").hasLineCount(1);
        assertThat(Invocation.of("generate", "--help").out()).contains("the command prompts lists");
    }
}
