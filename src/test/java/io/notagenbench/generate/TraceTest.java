package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.ScoreText;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Recordings;
import io.notagenbench.sampling.SamplerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static Piece replay(Trace trace, int window, boolean fillsAllSlots) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse("Baroque/Bach/Choral"), window,
                new SamplerSettings(9, 0.9, 1.2), 5, 0, Optional.of(trace), GenerationSettings.TIME_LIMIT);
        return new PieceGenerator(settings, new IndifferentDecoder(fillsAllSlots)).generate();
    }

    static Stream<Arguments> replays() {
        return Recordings.NAMES.stream().flatMap(name -> Stream.of(48, 64, 100, 1024).flatMap(
                window -> Stream.of(true, false).map(all -> Arguments.of(name, window, all))));
    }

    @ParameterizedTest(name = "{0} window {1} fills all slots {2}")
    @MethodSource("replays")
    void writesTheRecordedTextAtEveryWindow(String name, int window, boolean fillsAllSlots) {
        Trace trace = Trace.load(name);

        Piece piece = replay(trace, window, fillsAllSlots);

        assertThat(piece.raw()).isEqualTo(trace.text());
        assertThat(piece.ended()).isTrue();
        assertThat(piece.outcome()).isEqualTo(Outcome.OK);
        assertThat(piece.prompt()).isEqualTo(trace.prompt());
        if (window == 1024) {
            assertThat(piece.stream()).isEqualTo(trace.stream());
        } else {
            assertThat(piece.work().patches()).isBetween(trace.patches().size(),
                    trace.patches().size() + piece.work().cuts());
        }
    }

    @Test
    void theMazurkaIsTheScoreWhoseEditionAndEncoderItNames() {
        Trace chopin = Trace.load(Recordings.CHOPIN);
        ScoreText score = ScoreText.read(Path.of("src/test/resources/scores/chopin-mazurka-op6-2.abc"), Optional.empty());

        assertThat(chopin.text()).isEqualTo(score.text());
        assertThat(chopin.stream()).isEqualTo(score.stream());
        assertThat(chopin.source()).contains("Mazurka Op. 6 No. 2", "Mikuli", "Schirmer", "Craig Stuart Sapp", "public domain");
        assertThat(PatchCodec.encodePrompt(chopin.prompt()).length / 16 + chopin.patches().size()).isEqualTo(398);
    }

    @Test
    void noticesAPieceThatIsNotTheRecordedOne() {
        Trace trace = Trace.load("two-voices");
        Piece piece = replay(trace, 64, false);

        trace.requireText(piece);
        trace.requireText(piece.raw().substring(0, 100), false);
        assertThatThrownBy(() -> trace.requireText(piece.raw().substring(0, 100), true)).hasMessageContaining("WRONG_OUTPUT");
        assertThatThrownBy(() -> Trace.load("long").requireText(piece)).isInstanceOf(Fault.class)
                .hasMessage("WRONG_OUTPUT: the text that was written is not that of the trace long");
    }

    @Test
    void theLongTraceHasAtLeast250Patches() {
        assertThat(Trace.load("long").patches()).hasSizeGreaterThanOrEqualTo(250);
    }

    @Test
    void countsTheWork() {
        Piece piece = replay(Trace.load("two-voices"), 1024, true);

        Piece.Work work = piece.work();
        assertThat(work.calls()).isEqualTo(work.patches() + 1);
        assertThat(work.sampledChars()).isEqualTo(work.calls() * 16 - 5);
        assertThat(work.cuts()).isZero();
        assertThat(work.chars()).isEqualTo(piece.raw().length() - piece.prompt().text().length());
    }

    @Test
    void survivesItsFile(@TempDir Path folder) throws IOException {
        Trace trace = Trace.load("four-voices");
        Path file = folder.resolve("mine.json");
        Files.writeString(file, trace.toJson());

        Trace read = Trace.load(file.toString());

        assertThat(read.stream()).isEqualTo(trace.stream());
        assertThat(read.prompt()).isEqualTo(trace.prompt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "src/test/resources/prompts/music.abc", "src/test/resources/prompts/unfinished.abc",
        "Romantic/Alkan_Charles-Valentin/Keyboard"})
    void carriesAnyPromptInItsFile(String prompt, @TempDir Path folder) throws IOException {
        Trace shipped = Trace.load("two-voices");
        Trace trace = new Trace("mine", Prompt.parse(prompt), shipped.stream(), shipped.uniforms(), "");
        String json = trace.toJson();
        Path file = folder.resolve("mine.json");
        Files.writeString(file, json.replace("src/test/resources", "gone"));

        Trace read = Trace.load(file.toString());

        assertThat(read.prompt().lines()).isEqualTo(trace.prompt().lines());
        for (int window : new int[] {64, 1024}) {
            assertThat(replay(read, window, true).raw()).isEqualTo(trace.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a/b\"", "\"mine.abc\",\"lines\":[\"a\u0001\n\"]", "\"none\",\"lines\":[null]", "\"nowhere.abc\"",
        "null"})
    void refusesATraceWithoutAPrompt(String prompt, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("bad.json");
        Files.writeString(file, "{\"prompt\":" + prompt + ",\"seed\":0,\"draws\":[0],\"patches\":[\"ab\\u0002\"]}");

        assertThatThrownBy(() -> Trace.load(file.toString())).isInstanceOf(Fault.class)
                .hasMessageContaining("bad.json").hasMessageContaining("is not a trace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"prompt\":\"a/b/c\"}", "{\"prompt\":\"a/b/c\",\"patches\":[\"abc\"]}",
        "{\"prompt\":\"a/b/c\",\"patches\":[\"a\\u0002c\"]}", "{\"prompt\":\"a/b/c\",\"patches\":[]}",
        "{\"prompt\":\"a/b/c\",\"patches\":[\"\u00e9\\u0002\"]}"})
    void refusesAFileThatIsNoTrace(String content, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("bad.json");
        Files.writeString(file, content);

        assertThatThrownBy(() -> Trace.load(file.toString())).isInstanceOf(Fault.class)
                .hasMessageContaining("bad.json").hasMessageContaining("is not a trace");
    }

    @Test
    void saysWhichTracesThereAre() {
        assertThatThrownBy(() -> Trace.load("nothing")).isInstanceOf(Fault.class)
                .hasMessageContaining("two-voices, four-voices, long");
    }
}
