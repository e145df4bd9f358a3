package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two devices that share the layers of a model write what one writes, to the character. */
class SplitModelTextTest {

    private static NotaGenModel open(Decoding decoding) {
        try (Weights weights = ModelSource.open("tiny")) {
            return BackendProvider.of("pytorch").open(
                    new EngineSettings("pytorch", Device.of("cpu+cpu"), Precision.FP32, decoding, 1), weights);
        }
    }

    @ParameterizedTest
    @EnumSource(Decoding.class)
    void writesTheTextsOfTheOriginal(Decoding decoding) {
        try (NotaGenModel model = open(decoding)) {
            for (String name : List.of("keyboard-64", "choral-28-context-full")) {
                ReferenceText expected = ReferenceText.load(name);
                try (PatchDecoder decoder = PatchDecoders.open(decoding, model, expected.settings().patchLength())) {
                    Piece piece = new PieceGenerator(expected.settings(), decoder).generate();
                    assertThat(piece.raw()).isEqualTo(expected.raw());
                    assertThat(piece.outcome()).isEqualTo(expected.outcome());
                    assertThat(decoder.handOvers().count()).as("one for each pass of the patch level")
                            .isEqualTo(decoding == Decoding.RECOMPUTE ? piece.work().calls() : decoder.patchWork().passes());
                }
            }
        }
    }

    @Test
    void writesThemTogether() {
        List<ReferenceText> expected = Stream.of("keyboard-64", "chamber-48-k15", "keyboard-32").map(ReferenceText::load).toList();
        try (NotaGenModel model = open(Decoding.CACHED); BatchDecoder decoder = BatchDecoder.open(model, 2, 64)) {
            List<Piece> pieces = new BatchGenerator(decoder).generate(expected.stream().map(ReferenceText::settings).toList());
            assertThat(pieces).extracting(Piece::raw).isEqualTo(expected.stream().map(ReferenceText::raw).toList());
            assertThat(decoder.handOvers().count()).isGreaterThanOrEqualTo(decoder.work().patchPasses());
        }
    }
}
