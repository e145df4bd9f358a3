package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pieces of the original, through the command. */
class GenerateCommandTest {

    private static final Path TEXTS = Path.of("src/test/resources/texts");

    @TempDir
    Path folder;

    private static JsonNode reference(String name) throws IOException {
        return new ObjectMapper().readTree(TEXTS.resolve(name + ".json").toFile());
    }

    @Test
    void writesTheFinalTextOnStandardOutput() throws IOException {
        Invocation run = Invocation.of("generate", "-p", "backend=onnx");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(reference("keyboard-64").get("abc").asText());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void writesTheRawTextIntoAFileAndTellsItsStats() throws IOException {
        Path text = folder.resolve("piece.txt");
        Invocation run = Invocation.of("generate", "--raw", "-o", text.toString(), "--stats", "-p", "seed=7",
                "-p", "patchLength=32", "-p", "backend=onnx",
                "-p", "decoding=recompute");
        JsonNode reference = reference("keyboard-32");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(text).hasContent(reference.get("raw").asText());
        JsonNode stats = new ObjectMapper().readTree(run.err());
        assertThat(stats.get("patches").asInt()).isEqualTo(reference.get("patchCount").asInt());
        assertThat(stats.get("cuts").asInt()).isEqualTo(reference.get("cuts").asInt());
        assertThat(stats.get("outcome").asText()).isEqualTo("OK");
        assertThat(stats.get("parameters").get("seed").asText()).isEqualTo("7");
        assertThat(stats.get("modelHash").asText()).matches("[0-9a-f]{64}");
        assertThat(stats.get("patchesPerSecond").asDouble()).isPositive();
    }

    @Test
    void aPieceThatFillsItsWindowIsStillDelivered() throws IOException {
        Invocation run = Invocation.of("generate", "--raw", "-p", "backend=onnx", "-p", "patchLength=28",
                "-p", "seed=1", "-p", "patches=120", "-p", "prompt=Baroque/Bach-Johann-Sebastian/Choral");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo(reference("choral-28-context-full").get("raw").asText());
        assertThat(run.err()).contains("CONTEXT_FULL").hasLineCount(1);
    }

    @Test
    void aRecordedPieceIsWorkForAnotherRun() throws IOException {
        Path trace = folder.resolve("mine.json");
        Invocation first = Invocation.of("generate", "--raw", "--trace", trace.toString(), "-p", "backend=onnx", "-p",
                "patches=20");
        Invocation second = Invocation.of("generate", "--raw", "-p", "backend=onnx", "-p", "seed=9", "-p", "patches=20",
                "-p", "work=" + trace);
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).isEqualTo(first.out()).isNotEmpty();
    }

    @Test
    void aPieceThatTakesLongerThanItMaySaysWhichOptionGivesItMore() throws IOException {
        String sentence = "The piece is not whole (TIMEOUT): the piece took longer than 0.001 s: allow it more seconds with -p"
                + " timeLimit=SECONDS, or any number of them with -p timeLimit=0.";
        Path many = folder.resolve("many");
        Invocation one = Invocation.of("generate", "--raw", "-p", "backend=onnx", "-p", "timeLimit=0.001");
        Invocation queue = Invocation.of("generate", "--raw", "-p", "backend=onnx", "-p", "timeLimit=0.001", "-p", "pieces=2",
                "-o", many.toString());
        Invocation unlimited = Invocation.of("generate", "--raw", "-p", "backend=onnx", "-p", "timeLimit=0", "--stats");

        assertThat(one.exitCode()).isEqualTo(1);
        assertThat(one.err()).isEqualToIgnoringNewLines(sentence);
        assertThat(reference("keyboard-64").get("raw").asText()).startsWith(one.out());
        assertThat(queue.exitCode()).isEqualTo(1);
        assertThat(queue.err()).contains("seed-0: " + sentence, "seed-1: " + sentence);
        assertThat(unlimited.exitCode()).isZero();
        assertThat(unlimited.out()).isEqualTo(reference("keyboard-64").get("raw").asText());
        assertThat(unlimited.err()).contains("\"timeLimit\" : \"0\"");
    }

    @Test
    void aPieceThatItsBudgetStopsInsideABarEndsWithTheBarBefore() throws IOException {
        String whole = reference("keyboard-64").get("abc").asText();
        Path many = folder.resolve("many");
        Invocation one = Invocation.of("generate", "-p", "backend=onnx", "-p", "patches=50");
        Invocation queue = Invocation.of("generate", "-p", "backend=onnx", "-p", "patches=50", "-p", "pieces=1", "-o",
                many.toString());

        assertThat(one.exitCode()).isZero();
        assertThat(one.err()).contains("stopped inside a bar").hasLineCount(1);
        assertThat(whole).startsWith(one.out());
        assertThat(one.out()).contains("[V:2]").endsWith("|\n");
        assertThat(queue.exitCode()).isZero();
        assertThat(queue.err()).contains("seed-0: The piece was stopped inside a bar");
        assertThat(many.resolve("seed-0.abc")).content().isEqualTo(one.out());
    }

    @Test
    void writesManyPiecesIntoAFolderAndSaysWhichAreNotWhole() throws IOException {
        Path pieces = folder.resolve("pieces");
        Invocation run = Invocation.of("generate", "--raw", "-o", pieces.toString(), "-p", "backend=onnx", "-p", "pieces=3",
                "-p", "batch=2", "-p", "patchLength=28", "-p", "seed=1", "-p", "patches=120", "-p",
                "prompt=Baroque/Bach-Johann-Sebastian/Choral");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(pieces).isDirectoryContaining("glob:**/seed-2.abc").isDirectoryContaining("glob:**/seed-3.abc");
        assertThat(pieces.resolve("seed-1.abc")).content()
                .isEqualTo(reference("choral-28-context-full").get("raw").asText());
        assertThat(run.err()).containsPattern("seed-1: \\d+ patches").contains("seed-1: The piece is not whole (CONTEXT_FULL)")
                .containsPattern("3 pieces in [.\\d]+ s: \\d+ an hour");
    }

    @Test
    void severalDevicesWriteTheSamePieces() throws IOException {
        for (String device : List.of("cpu", "cpu/cpu")) {
            Invocation run = Invocation.of("generate", "--raw", "-o", folder.resolve(device.replace('/', '-')).toString(), "-p",
                    "backend=onnx", "-p", "pieces=4", "-p", "patches=30", "-p", "device=" + device);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        for (int seed = 0; seed < 4; seed++) {
            assertThat(folder.resolve("cpu-cpu/seed-" + seed + ".abc")).hasSameTextualContentAs(folder.resolve("cpu/seed-" + seed
                    + ".abc"));
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("name a folder for them with -o", List.of("-p", "pieces=2")),
                Arguments.of("say how many to write with -p pieces=", List.of("-p", "batch=2")),
                Arguments.of("decoding=recompute decodes one piece at a time",
                        List.of("-p", "pieces=2", "-o", "unwritten", "-p", "decoding=recompute")),
                Arguments.of("device=cpu/cpu has a model on each device", List.of("-p", "device=cpu/cpu")),
                Arguments.of("generate does not take the parameter context. It takes: model, backend,", List.of("-p", "context=3")),
                Arguments.of("generate does not take the parameter buffer. It takes: model, backend,", List.of("-p", "buffer=3")),
                Arguments.of("-p prompt has no effect with work=long, which has a prompt of its own: leave it out, or",
                        List.of("-p", "work=long", "-p", "prompt=Romantic/Chopin/Keyboard")),
                Arguments.of("A comma separates two values: write 0.9 with a point.", List.of("-p", "topP=0,9")),
                Arguments.of("is a list", List.of("-p", "backend=pytorch,onnx")),
                Arguments.of("Did you mean temperature?", List.of("-p", "temprature=1")),
                Arguments.of("patchLength=300 is more than the 256",
                        List.of("-p", "backend=onnx", "-p", "patchLength=300")),
                Arguments.of("ambiguous", List.of("-p", "prompt=Romantic/Schumann/Keyboard")),
                Arguments.of("its folder does not exist", List.of("-o", "no/such/folder/piece.abc")),
                Arguments.of("nosuch.pth", List.of("-p", "backend=onnx", "-p", "model=nosuch.pth")),
                Arguments.of("nosuchtrace", List.of("-p", "work=nosuchtrace")),
                Arguments.of("Unknown option: '--frob'", List.of("--frob")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsOneSentence(String words, List<String> args) {
        Invocation run = Invocation.of(Stream.concat(Stream.of("generate"), args.stream()).toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(words).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anUnknownPromptIsWarnedOf() {
        Invocation run = Invocation.of("generate", "--raw", "-p", "backend=onnx", "-p", "patches=2", "-p",
                "prompt=Romantic/Nobody/Kazoo");
        assertThat(run.err()).startsWith("Warning: prompt Romantic/Nobody/Kazoo");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void helpHoldsTheRealDefaults() {
        Invocation help = Invocation.of("generate", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("--raw", "--stats", "patchLength  64", "temperature  1.2", "pieces       1 ")
                .doesNotContain("context  ", "buffer");
    }
}
