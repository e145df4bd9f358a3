package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTextTest {

    private static final Path SCORES = Path.of("src/test/resources/scores");

    @TempDir
    private Path folder;

    private static ScoreText read(Path file) {
        return ScoreText.read(file, Optional.empty());
    }

    private ScoreText read(byte[] bytes) throws IOException {
        return read(Files.write(folder.resolve("mine.abc"), bytes));
    }

    private ScoreText read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String original(String name) throws IOException {
        return Files.readString(SCORES.resolve(name + ".abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chopin-mazurka-op6-2", "haydn-op74-1-3", "mozart-k155-1", "schubert-lindenbaum"})
    void patchesAreThoseOfTheOriginal(String name) throws IOException {
        JsonNode patchilizer = new ObjectMapper().readTree(SCORES.resolve(name + ".json").toFile());
        List<Integer> expected = new ArrayList<>();
        ScoreText score = read(SCORES.resolve(name + ".abc"));
        int given = PatchCodec.encodePrompt(score.prompt()).length / 16;
        for (int patch = 0; patch < patchilizer.get("patches").asInt(); patch++) {
            JsonNode ids = patchilizer.get("ids").get(patch);
            for (int i = 0; i < 16 && patch >= given; i++) {
                expected.add(ids.get(i).asInt());
                if (ids.get(i).asInt() == 2) {
                    break;
                }
            }
        }

        assertThat(Arrays.stream(score.stream()).boxed()).containsExactlyElementsOf(expected);
    }

    /** The final ABC has every rest written out, and voices may follow one another. */
    @ParameterizedTest
    @ValueSource(strings = {"chopin-mazurka-op6-2", "haydn-op74-1-3", "mozart-k155-1", "schubert-lindenbaum"})
    void restsAreLeftOutAgainAndVoicesInterleaved(String name) throws IOException {
        String raw = original(name);
        String written = RestRestorer.restore(raw);
        List<String> lines = written.lines().toList();
        String header = lines.stream().filter(line -> !line.startsWith("[V:")).collect(Collectors.joining("\n"));
        StringBuilder oneByOne = new StringBuilder(header).append('\n');
        for (int voice = 1; header.contains("\nV:" + voice); voice++) {
            oneByOne.append("V:").append(voice).append('\n');
            for (String line : lines) {
                if (line.startsWith("[V:")) {
                    oneByOne.append(RestRestorer.bars(line).get(voice)).append(" %").append(voice).append('\n');
                }
            }
        }
        List<String> expected = read(SCORES.resolve(name + ".abc")).body();

        assertThat(read(written).body()).isEqualTo(expected);
        assertThat(read(oneByOne.toString()).body()).isEqualTo(expected);
    }

    static Stream<String> kinds() throws IOException {
        try (Stream<Path> files = Files.list(SCORES.resolve("kinds"))) {
            return files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".abc")).sorted().toList().stream();
        }
    }

    /** The file beside each says what is right: the score, or the sentence that refuses it. */
    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfAbcBecomesAScoreOrIsRefusedInOneSentence(String kind) throws IOException {
        Path file = SCORES.resolve("kinds").resolve(kind);
        String expected = Files.readString(Path.of(file.toString().replaceFirst("abc$", "txt")));

        assertThat(outcome(file)).isEqualTo(expected);
    }

    private static String outcome(Path file) {
        try {
            ScoreText score = read(file);
            return score.text() + "source " + score.source() + "\nsilent " + score.silentBars() + "\n";
        } catch (Fault refused) {
            assertThat(refused.exitCode()).isEqualTo(Fault.USAGE);
            assertThat(refused.getMessage()).startsWith(file + " cannot become a trace: ").endsWith(".").doesNotContain("\n");
            return refused.getMessage().substring(file.toString().length() + 1) + "\n";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void encodingsAndLineEndsMakeNoDifference(String charset) throws IOException {
        Path file = SCORES.resolve("kinds/blocks.abc");
        String expected = read(file).text();

        for (String newline : List.of("\n", "\r\n", "\r")) {
            String text = Files.readString(file).replace("\n", newline);
            assertThat(read(text.getBytes(Charset.forName(charset))).text()).isEqualTo(expected);
            assertThat(read("\uFEFF" + text).text()).as("with a byte order mark").isEqualTo(expected);
        }
    }

    @Test
    void addsMarksWhereTheyAreMissingAndKeepsThoseOfAModel() throws IOException {
        String score = "%%score 1\nL:1/8\nK:C\nV:1\n[V:1]C8|\n[V:1]D8|\n";

        assertThat(read(score).body()).containsExactly("[r:0/1][V:1]C8|\n", "[r:1/0][V:1]D8|\n");
        assertThat(read(score.replace("[V:1]C", "[r:0/7][V:1]C").replace("[V:1]D", "[r:1/6][V:1]D")).body())
                .containsExactly("[r:0/7][V:1]C8|\n", "[r:1/6][V:1]D8|\n");
        assertThat(read(score.replace("[V:1]C", "[r:4/1][V:1]C").replace("[V:1]D", "[r:5/0][V:1]D")).body())
                .as("the last lines of a longer text").containsExactly("[r:0/1][V:1]C8|\n", "[r:1/0][V:1]D8|\n");
    }

    @Test
    void aGivenPromptReplacesThatOfTheScore() throws IOException {
        String score = "%Romantic\n%Chopin, Frederic\n%Keyboard\n%%score 1\nK:C\nV:1\n[V:1]C8|\n";
        Files.writeString(folder.resolve("mine.abc"), score);

        assertThat(read(score).prompt().label()).isEqualTo("Romantic/Chopin-Frederic/Keyboard");
        assertThat(ScoreText.read(folder.resolve("mine.abc"), Optional.of(Prompt.NONE)).text()).startsWith("%%score 1\nK:C\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"'';it is empty", "<?xml version='1.0'?>;it is MusicXML", "MThd;it is MIDI",
        "PK\u0003\u0004...;it is an archive", "{};it is JSON, not ABC", "<html>;it is a page of HTML or XML", "a\0b;it is not text"})
    void refusesOtherFilesBySayingWhatTheyAre(String content, String why) {
        assertThatThrownBy(() -> read(content)).isInstanceOf(Fault.class).hasMessageContaining("mine.abc cannot become a trace: " + why)
                .hasMessageEndingWith(".");
    }

    @Test
    void refusesWhatIsNoFileAndWhatIsTooLong() {
        assertThatThrownBy(() -> read(folder)).isInstanceOf(Fault.class).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> read(folder.resolve("none.abc"))).isInstanceOf(Fault.class).hasMessageContaining("no such file");
        assertThatThrownBy(() -> read("X:1\nK:C\n" + "C8|".repeat(10_000))).isInstanceOf(Fault.class)
                .hasMessageContaining("and a piece has at most 102400; leave out the end of it.");
    }
}
