package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromptLinesTest {

    private static final String HEADER = "%%score { 1 | 2 }\nL:1/8\nK:C\nV:1 treble\n";

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        Path file = Files.createDirectories(folder.resolve("mein St\u00fcck")).resolve("start.abc");
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    @Test
    void noPromptIsTheFirstPatchAlone() {
        int[] ids = PatchCodec.encodePrompt(Prompt.parse("none"));

        assertThat(ids).hasSize(16).startsWith(1).endsWith(2);
        assertThat(Prompt.NONE.text()).isEmpty();
        assertThat(Prompt.NONE.warnings()).isEmpty();
    }

    @Test
    void aFileIsCutIntoPatchesLineByLine() throws IOException {
        Prompt prompt = Prompt.parse(file(HEADER + "[r:0/3][V:1]A2 B2|[V:2]C4|\n").toString());

        int[] ids = PatchCodec.encodePrompt(prompt);

        assertThat(prompt.text()).isEqualTo(HEADER + "[r:0/3][V:1]A2 B2|[V:2]C4|\n");
        assertThat(Stream.iterate(16, start -> start < ids.length, start -> start + 16)
                .map(start -> PatchCodec.decode(ids, start, start + 16)))
                .containsExactly("%%score { 1 | 2 ", "}\n", "L:1/8\n", "K:C\n", "V:1 treble\n", "[r:0/3][V:1]A2 B", "2|[V:2]C4|\n");
        assertThat(prompt.warnings()).isEmpty();
    }

    @Test
    void anUnfinishedLastLineIsKeptAndTold() throws IOException {
        Path file = file(HEADER + "[V:1]A2 B");

        Prompt prompt = Prompt.parse(file.toString());

        assertThat(prompt.lines()).endsWith("[V:1]A2 B");
        assertThat(prompt.warnings()).containsExactly("The last line of " + file
                + " has no newline: the model continues that line.");
    }

    @Test
    void theEndingMayBeWrittenInCapitals() throws IOException {
        Path file = Files.writeString(folder.resolve("START.ABC"), HEADER);
        assertThat(Prompt.parse(file.toString()).text()).isEqualTo(HEADER);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "the file is empty. Use prompt=none to write without a prompt."),
                Arguments.of("L:1/8\r\nK:C\r\n", "line 1 ends with a carriage return, as on Windows: sed -i 's/\\r$//'"),
                Arguments.of("L:1/8\n\nK:C\n", "line 2 is empty, which ends a tune in ABC: sed -i '/^ *$/d'"),
                Arguments.of("L:1/8\n \n", "line 2 is empty"),
                Arguments.of("X:1\nL:1/8\n", "line 1 is 'X:1', but NotaGen's texts have no X:"),
                Arguments.of("L:1/8\nV:1 nm=\"Fl\u00f6te\"\n", "line 2 has the character U+00F6, but NotaGen reads only printable ASCII"),
                Arguments.of("\ufeffL:1/8\n", "line 1 has the character U+FEFF"),
                Arguments.of("L:1/8\nK:C\t\n", "line 2 has the character U+0009"),
                Arguments.of("L:1/8\u0001\u0002\n", "line 1 has the character U+0001"),
                Arguments.of("L:1/8\n".repeat(20_000), "the file has more than 102400 bytes"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatTheModelCannotRead(String content, String words) throws IOException {
        Path file = file(content);

        assertThatThrownBy(() -> Prompt.parse(file.toString()))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE))
                .hasMessageStartingWith("prompt=" + file + " is not possible: ").hasMessageContaining(words);
    }

    @Test
    void saysThatThereIsNoFile() {
        for (Path file : Arrays.asList(folder.resolve("nothing.abc"), folder.resolve("a\u00e9/folder.abc"))) {
            assertThatThrownBy(() -> Prompt.parse(file.toString())).isInstanceOf(Fault.class)
                    .hasMessageContaining("prompt=" + file + " is not possible: there is no such file.");
        }
    }
}
