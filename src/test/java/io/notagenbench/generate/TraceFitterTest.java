package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.ScoreText;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.decoding.TinyOnnx;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Recordings;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceFitterTest {

    private static final int WINDOW = 64;

    @TempDir
    private Path folder;
    private NotaGenModel model;

    @BeforeAll
    void open() {
        model = TinyOnnx.open();
    }

    @AfterAll
    void close() {
        model.close();
    }

    private static GenerationSettings settings(Optional<Trace> trace, double temperature) {
        return new GenerationSettings(Prompt.NONE, WINDOW, new SamplerSettings(9, 0.9, temperature), 3, 0, trace,
                GenerationSettings.TIME_LIMIT);
    }

    private Trace fit(Path score, double temperature) {
        try (PatchDecoder decoder = PatchDecoders.open(Decoding.CACHED, model, WINDOW)) {
            return TraceFitter.fit("score", ScoreText.read(score, Optional.empty()), settings(Optional.empty(), temperature), "tiny",
                    "hash", decoder, "");
        }
    }

    private Piece write(Trace trace, double temperature, DrawListener listener) {
        try (PatchDecoder decoder = PatchDecoders.open(Decoding.CACHED, model, WINDOW)) {
            return new PieceGenerator(settings(Optional.of(trace), temperature), decoder, PieceListener.NONE, listener).generate();
        }
    }

    /** With its number every character is what the model draws, also where the filter leaves it out. */
    @Test
    void theModelWouldHaveWrittenTheScoreWithTheseNumbers() {
        Trace trace = fit(Path.of("src/test/resources/scores/kinds/alternating-voices.abc"), 1.2);
        double[] numbers = trace.uniforms().of(trace.patches());
        boolean[] inside = new boolean[numbers.length];

        write(trace, 1.2, new DrawListener() {
            @Override
            public void drawn(Sampler sampler, double uniform, int id) {
                // only recorded characters matter
            }

            @Override
            public void recorded(Sampler sampler, int id, int at) {
                assertThat(id).isEqualTo(trace.stream()[at]);
                inside[at] = sampler.low(id) <= numbers[at] && numbers[at] < sampler.high(id);
            }
        });

        assertThat(inside).doesNotContain(false);
        assertThat(((Uniforms.Fitted) trace.uniforms()).fit().outside()).isBetween(1, numbers.length - 1);
    }

    @Test
    void ofItsOwnPieceTheModelGivesEachCharacterTheIntervalThatItWasDrawnFrom() throws IOException {
        Trace recorded = Trace.load(Recordings.TWO_VOICES);
        Trace fitted = fit(Files.writeString(folder.resolve("piece.abc"), write(recorded, 1.2, DrawListener.NONE).raw()), 1.2);
        double[] drawn = recorded.uniforms().of(recorded.patches());
        int[] wrong = new int[1];

        write(recorded, 1.2, new DrawListener() {
            @Override
            public void drawn(Sampler sampler, double uniform, int id) {
                // only recorded characters matter
            }

            @Override
            public void recorded(Sampler sampler, int id, int at) {
                wrong[0] += sampler.low(id) <= drawn[at] && drawn[at] < sampler.high(id) ? 0 : 1;
            }
        });

        assertThat(fitted.stream()).isEqualTo(recorded.stream());
        assertThat(((Uniforms.Fitted) fitted.uniforms()).fit().outside()).as("but the five that are forced").isLessThanOrEqualTo(5);
        assertThat(wrong[0]).as("but the five that are forced").isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.4, 0.5, 0.3", "0.1234, 0.1236, 0.5, 0.1235", "0, 1e-10, 0.5, 0", "0.30000000001, 0.3000000002, 0.5, 0.3000000001", "0.5, 0.5, 0.7, 0.5", "1, 1, 0.5, 1",
        "0, 1, 0.9999, 0.9999"})
    void numbersHaveTheFewestDigitsThatAreInTheInterval(double low, double high, double share, double number) {
        assertThat(TraceFitter.number(low, high, share)).isCloseTo(number, within(1e-12)).isLessThan(1);
    }

    @Test
    void survivesItsFile() throws IOException {
        Trace trace = fit(Path.of("src/test/resources/scores/kinds/reel.abc"), 0.5);

        Trace read = Trace.load(Files.writeString(folder.resolve("reel.json"), trace.toJson()).toString());

        assertThat(read.stream()).isEqualTo(trace.stream());
        assertThat(read.uniforms().of(read.patches())).containsExactly(trace.uniforms().of(trace.patches()));
        assertThat(((Uniforms.Fitted) read.uniforms()).fit()).isEqualTo(((Uniforms.Fitted) trace.uniforms()).fit());
    }
}
