package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.onnx.CardGraphs;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
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
        assertThat(texts(Precision.FP32, decoding))
                .isEqualTo(TEXTS.stream().map(name -> ReferenceText.load(name).raw()).toList());
    }

    /** Rounded as they are, both forms of the char level round alike. */
    @ParameterizedTest
    @EnumSource(value = Precision.class, names = {"FP16", "INT8", "INT4"})
    void aWholePatchIsThatOfItsStepsInAnyPrecision(Precision precision) {
        assertThat(texts(precision, Decoding.FUSED)).isEqualTo(texts(precision, Decoding.CACHED));
    }

    private static List<String> texts(Precision precision, Decoding decoding) {
        try (Weights weights = ModelSource.open("tiny");
                NotaGenModel model = new CardGraphs(ExecutionProvider.CUDA)
                        .open(new EngineSettings("onnx", Device.CPU, precision, decoding, 1), weights)) {
            return TEXTS.stream().map(name -> text(ReferenceText.load(name).settings(), decoding, model)).toList();
        }
    }

    private static String text(GenerationSettings settings, Decoding decoding, NotaGenModel model) {
        try (PatchDecoder decoder = PatchDecoders.open(decoding, model, settings.patchLength())) {
            return new PieceGenerator(settings, decoder).generate().raw();
        }
    }
}
