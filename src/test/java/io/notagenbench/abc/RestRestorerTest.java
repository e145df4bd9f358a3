package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RestRestorerTest {

    private static final String HEADER = "%%score { ( 1 3 ) | 2 }\nV:1\nV:3\nV:2\n";

    private static List<String> body(String... lines) {
        return RestRestorer.restore(HEADER + String.join("\n", lines) + "\n").lines().skip(5).toList();
    }

    @Test
    void fillsTheFirstVoiceOfAGroupVisiblyAndTheOthersInvisibly() {
        assertThat(body("[r:0/1][V:1]A4 B4|[V:2]C8|", "[r:1/0][V:1]c8|]")).containsExactly(
                "[V:1]A4 B4|[V:2]C8|[V:3]x8|", "[V:1]c8|][V:2]z8|][V:3]x8|]");
    }

    @Test
    void countsTuplets() {
        assertThat(body("[r:0/0][V:2](3:2:3CDE F3/2|"))
                .containsExactly("[V:1]z7/2|[V:2](3:2:3CDE F3/2|[V:3]x7/2|");
    }

    @Test
    void repeatsTheLeftBarlineOfTheFirstLine() {
        assertThat(body("[r:0/0]|:[V:1]A8|[V:2]C8|")).containsExactly("[V:1]A8|[V:2]C8|[V:3]|:x8|");
    }

    @Test
    void dropsUndeclaredVoices() {
        assertThat(body("[r:0/0][V:1]A8|[V:5]z8|")).containsExactly("[V:1]A8|[V:2]z8|[V:3]x8|");
    }

    @Test
    void keepsTheReferenceOfTheLineBeforeWhereNoBarCanBeCounted() {
        assertThat(body("[V:1]A6|[V:2]C6|", "[V:1][C2E2]4|")).element(1)
                .isEqualTo("[V:1][C2E2]4|[V:2]z6|[V:3]x6|");
    }

    @Test
    void dropsPromptLinesAndPutsTheNumberFirst() {
        assertThat(RestRestorer.restore("%Romantic\n%%score 1\nV:1\n%end\n[V:1]A|\n"))
                .isEqualTo("X:1\n%%score 1\nV:1\n[V:1]A|\n");
    }

    @Test
    void saysWhyItCannot() {
        assertThatThrownBy(() -> RestRestorer.restore("%Romantic\nL:1/8\n")).isInstanceOf(Fault.class)
                .hasMessageContaining("no complete line of music");
        assertThatThrownBy(() -> RestRestorer.restore("V:1\nV:2\n[V:1][C2E2]|\n")).isInstanceOf(Fault.class)
                .hasMessageContaining("voice 2 is missing");
        assertThatThrownBy(() -> RestRestorer.restore("[V:1]C|\n")).isInstanceOf(Fault.class)
                .hasMessageContaining("no V: line");
        assertThatThrownBy(() -> RestRestorer.restore("V:a\n[V:1]C|\n")).isInstanceOf(Fault.class)
                .hasMessageContaining("'a' has no number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '@', value = {
        "A2 B2 c4;8", "\"Am\"!p!A2 B/ c/ d3/2 e/ f2;7", "[CEG]4 z4;8", "(3:2:3ABc (5:4:5A/B/c/d/e/;4",
        "(3:2:2A2B2 c;11/3", "A>B c<d;4", "[K:D][M:3/4]A2 B2 c2;6", "@@;0", "(7:8:7ABcdefg;8", "(3ABc;2", "{ag}A2-A2;4",
        "(AB) (cd);4", "(3:2:2(3:2:3ABcd;7/3"})
    void countsBars(String bar, String duration) {
        assertThat(BarDuration.of(bar).map(BarDuration::text)).contains(duration);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"[C2E2G2]", "A//", "A/0", "(3AB", "(5ABcde", "(0:2:3ABc", "A>", "b4(3"})
    void doesNotCountWhatItCannot(String bar) {
        assertThat(BarDuration.of(bar)).isEmpty();
    }

    static Stream<Path> references() throws IOException {
        return Files.list(Path.of("src/test/resources/texts")).sorted();
    }

    @ParameterizedTest
    @MethodSource("references")
    void writesTheFinalTextOfTheOriginal(Path file) throws IOException {
        JsonNode reference = new ObjectMapper().readTree(file.toFile());

        assertThat(RestRestorer.restore(reference.get("raw").asText())).isEqualTo(reference.get("abc").asText());
    }

    @Test
    void endsOnAnyText() {
        Random random = new Random(1);
        String alphabet = "[]V:123|(){}\"!zxAbC/<>%\nr0 ";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder("%%score ( 1 2 )\nV:1\nV:2\n[V:1]A|\n");
            for (int j = random.nextInt(80); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(RestRestorer.restore(text.toString())).startsWith("X:1\n");
            } catch (Fault e) {
                assertThat(e).hasMessageStartingWith("rests cannot be put back: ");
            }
        }
    }
}
