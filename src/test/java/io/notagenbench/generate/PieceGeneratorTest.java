package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Prompt;
import io.notagenbench.sampling.SamplerSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a piece ends. */
class PieceGeneratorTest {

    private static final SamplerSettings SAMPLING = new SamplerSettings(9, 0.9, 1.2);

    private static Piece write(String prompt, int window, int patches, String trace, Duration limit) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse(prompt), window, SAMPLING, 1, patches,
                Optional.ofNullable(trace).map(Trace::load), limit);
        return new PieceGenerator(settings, new IndifferentDecoder(false)).generate();
    }

    @Test
    void endsAtItsBudget() {
        Piece piece = write("Romantic/Chopin/Keyboard", 64, 7, "two-voices", GenerationSettings.TIME_LIMIT);

        assertThat(piece.work().patches()).isEqualTo(7);
        assertThat(piece.outcome()).isEqualTo(Outcome.OK);
        assertThat(piece.ended()).isFalse();
    }

    @Test
    void endsAtItsTimeLimit() {
        Piece piece = write("Romantic/Chopin/Keyboard", 64, 0, "two-voices", Duration.ZERO);

        assertThat(piece.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(piece.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("longer than 0 s"));
        assertThat(piece.work().patches()).isEqualTo(1);
    }

    @Test
    void endsWhereTheHeaderAloneFillsTheWindow() {
        Piece piece = write("Romantic/Chopin/Keyboard", 8, 0, "two-voices", GenerationSettings.TIME_LIMIT);

        assertThat(piece.outcome()).isEqualTo(Outcome.CONTEXT_FULL);
        assertThat(piece.work().patches()).isEqualTo(3);
        assertThat(piece.work().cuts()).as("the cut that found nothing counts").isEqualTo(1);
    }

    @Test
    void doesNotBeginWhereThePromptAloneIsLongerThanTheWindow() {
        Piece piece = write("Romantic/" + "a".repeat(200) + "/Keyboard", 8, 0, null, GenerationSettings.TIME_LIMIT);

        assertThat(piece.outcome()).isEqualTo(Outcome.CONTEXT_FULL);
        assertThat(piece.work().calls()).isZero();
    }

    @Test
    void endsWhereTheTextGrowsWithoutEnd() {
        // Without a trace the indifferent decoder writes characters for ever.
        Piece piece = write("Romantic/Chopin/Keyboard", 65_536, 0, null, GenerationSettings.TIME_LIMIT);

        assertThat(piece.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(piece.raw().length()).isBetween(PieceWriter.LONGEST_TEXT + 1, PieceWriter.LONGEST_TEXT + 16);
    }
}
