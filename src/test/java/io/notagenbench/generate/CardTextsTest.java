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
import io.notagenbench.engine.onnx.CardGraphs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of the original, to the character, by ONNX Runtime's graphs for cards, run on the CPU. */
class CardTextsTest {

    /** With stream cuts, a context that fills up, and draws from all characters. */
    private static final List<String> TEXTS =
            List.of("chamber-48-k15", "choral-28-context-full", "keyboard-32", "keyboard-64-nok");

    @ParameterizedTest
    @EnumSource(Decoding.class)
    void writesTheTextsOfTheOriginal(Decoding decoding) {
        try (Weights weights = ModelSource.open("tiny");
                NotaGenModel model = new CardGraphs()
                        .open(new EngineSettings(Backend.ONNX, Device.CPU, Precision.FP32, decoding, 1), weights)) {
            for (String name : TEXTS) {
                ReferenceText expected = ReferenceText.load(name);
                GenerationSettings settings = expected.settings();
                try (PatchDecoder decoder = PatchDecoders.open(decoding, model, settings.patchLength())) {
                    assertThat(new PieceGenerator(settings, decoder).generate().raw()).as(name).isEqualTo(expected.raw());
                }
            }
        }
    }
}
