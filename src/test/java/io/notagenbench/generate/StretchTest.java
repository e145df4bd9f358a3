package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StretchTest {

    private static GenerationSettings settings(String... assignments) {
        return GenerationSettings.of(Parameters.parse(List.of(assignments)));
    }

    @ParameterizedTest
    @CsvSource({"chopin, 64", "chopin, 32", "long, 64", "two-voices, 32", "four-voices, 128"})
    void thePieceIsCountedAsIfItHadBeenDecoded(String work, int window) {
        GenerationSettings settings = settings("work=" + work, "patchLength=" + window);
        PieceSteps decoded = new PieceSteps(settings, PieceListener.NONE, DrawListener.NONE);
        try (IndifferentDecoder decoder = new IndifferentDecoder(false)) {
            while (!decoded.ended()) {
                decoded.step(decoder);
            }
        }
        assertThat(Stretch.of(settings, 8).piece()).usingRecursiveComparison().ignoringFields("sampledChars")
                .isEqualTo(decoded.piece().work());
    }

    @ParameterizedTest
    @CsvSource({"chopin, 64, 6", "chopin, 64, 16", "chopin, 32, 8", "long, 64, 16"})
    void itIsLikeThePieceInTheMeanAndHasNoCut(String work, int window, int patches) {
        GenerationSettings settings = settings("work=" + work, "patchLength=" + window);
        Stretch stretch = Stretch.of(settings, patches);

        assertThat((double) stretch.contextPatches() / patches)
                .isCloseTo(stretch.piece().meanContext(), within(0.08 * window));
        assertThat((double) stretch.chars() / patches)
                .isCloseTo((double) stretch.piece().chars() / stretch.piece().calls(), within(1.0));
        assertThat((double) stretch.passes().charLevel() / patches)
                .isCloseTo((double) stretch.piecePasses().charLevel() / stretch.piece().calls(), within(0.5));
        assertThat((double) stretch.passes().patchLevel() / patches)
                .isCloseTo((double) stretch.piecePasses().patchLevel() / stretch.piece().calls(), within(0.05));
        assertThat(stretch.newPatches()).isZero();
        assertThat(stretch.start()).isBetween(stretch.piece().calls() / 5, stretch.piece().calls() * 4 / 5);
        PieceSteps steps = new PieceSteps(settings, PieceListener.NONE, DrawListener.NONE);
        steps.skip(stretch.start());
        long context = 0;
        for (int patch = 0; patch < patches; patch++) {
            context += steps.contextPatches();
            steps.skip(1);
        }
        assertThat(context).isEqualTo(stretch.contextPatches());
    }

    @Test
    void aStretchLongerThanTheWindowCountsWhatItsCutsMakeNew() {
        assertThat(Stretch.of(settings("work=chopin", "patchLength=32"), 60).newPatches()).isPositive();
    }

    @Test
    void whatIsNoStretchIsRefused() {
        assertThatThrownBy(() -> Stretch.of(settings(), 8)).isInstanceOf(Fault.class).hasMessageContaining("choose a trace");
        assertThatThrownBy(() -> Stretch.of(settings("work=two-voices"), 1000)).isInstanceOf(Fault.class)
                .hasMessageContaining("patches=1000 is not a stretch of this piece: choose 1 to ");
        assertThatThrownBy(() -> Stretch.of(settings("work=two-voices"), 0)).isInstanceOf(Fault.class)
                .hasMessageContaining("patches=0");
    }
}
