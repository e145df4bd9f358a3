package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.notagenbench.params.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceStepsTest {

    private static GenerationSettings settings(String... assignments) {
        return GenerationSettings.of(Parameters.parse(List.of(assignments)));
    }

    private static PieceSteps steps(GenerationSettings settings, List<Double> uniforms) {
        return new PieceSteps(settings, PieceListener.NONE, (sampler, uniform, id) -> uniforms.add(uniform));
    }

    /** Skipping leaves the piece where decoding would have: same context, text and random numbers. */
    @ParameterizedTest
    @CsvSource({"long, 64, 100", "long, 256, 30", "two-voices, 32, 50", "four-voices, 64, 3"})
    void skippedPatchesAreTheRecordedOnes(String work, int window, int count) {
        GenerationSettings settings = settings("work=" + work, "patchLength=" + window);
        List<Double> decodedDraws = new ArrayList<>();
        List<Double> skippedDraws = new ArrayList<>();
        PieceSteps decoded = steps(settings, decodedDraws);
        PieceSteps skipped = steps(settings, skippedDraws);
        try (IndifferentDecoder decoder = new IndifferentDecoder(false)) {
            for (int patch = 0; patch < count; patch++) {
                decoded.step(decoder);
            }
            skipped.skip(count);
            assertThat(skipped.contextPatches()).isEqualTo(decoded.contextPatches()).isGreaterThan(5);
            decodedDraws.clear();
            skippedDraws.clear();
            while (!decoded.ended()) {
                decoded.step(decoder);
                skipped.step(decoder);
            }
        }
        assertThat(skipped.ended()).isTrue();
        assertThat(skipped.piece().raw()).isEqualTo(decoded.piece().raw());
        assertThat(skippedDraws).isEqualTo(decodedDraws).isNotEmpty();
    }

    @Test
    void onlyRecordedPatchesCanBeSkipped() {
        PieceSteps natural = steps(settings(), new ArrayList<>());
        assertThatIllegalStateException().isThrownBy(() -> natural.skip(1));
    }
}
