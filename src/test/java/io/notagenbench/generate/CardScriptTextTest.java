package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.pytorch.CardScripts;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PyTorch's scripts for cards, run on the CPU, write the texts of the original. */
class CardScriptTextTest {

    /** Short and long windows, cuts, a full context, top-k without an end; every text on the CPU's own scripts is another test's. */
    private static final List<String> TEXTS =
            List.of("chamber-48-k15", "choral-28-context-full", "keyboard-32", "keyboard-64-nok");

    @ParameterizedTest
    @EnumSource(value = Decoding.class)
    void writesTheTextsOfTheOriginal(Decoding decoding) {
        EngineSettings settings = new EngineSettings("pytorch", Device.CPU, Precision.FP32, decoding, 1);
        try (Weights weights = ModelSource.open("tiny"); NotaGenModel model = new CardScripts().open(settings, weights)) {
            for (String name : TEXTS) {
                ReferenceText expected = ReferenceText.load(name);
                if (decoding == Decoding.RECOMPUTE && expected.patchCount() > 120) {
                    continue;
                }
                try (PatchDecoder decoder = PatchDecoders.open(decoding, model, expected.settings().patchLength())) {
                    Piece piece = new PieceGenerator(expected.settings(), decoder).generate();
                    assertThat(piece.raw()).as(name).isEqualTo(expected.raw());
                    assertThat(piece.outcome()).isEqualTo(expected.outcome());
                }
            }
        }
    }
}
