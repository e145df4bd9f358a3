package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.engine.pytorch.CardScripts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PyTorch's scripts for cards, run on the CPU, write the texts of the original. */
class CardScriptTextTest {

    @ParameterizedTest
    @EnumSource(value = Decoding.class)
    void writesTheTextsOfTheOriginal(Decoding decoding) {
        EngineSettings settings = new EngineSettings(Backend.PYTORCH, Device.CPU, Precision.FP32, decoding, 1);
        try (Weights weights = ModelSource.open("tiny"); NotaGenModel model = new CardScripts().open(settings, weights)) {
            for (String name : ReferenceText.names()) {
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
