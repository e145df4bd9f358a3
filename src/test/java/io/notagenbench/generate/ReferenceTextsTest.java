package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.RestRestorer;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text of the original, to the character, by every backend and decoding. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTextsTest {

    private final List<NotaGenModel> models = new ArrayList<>();

    @BeforeAll
    void openModels() {
        for (Backend backend : Backend.values()) {
            for (Decoding decoding : Decoding.values()) {
                try (Weights weights = ModelSource.open("tiny")) {
                    models.add(BackendProvider.of(backend.name())
                            .open(new EngineSettings(backend.name(), Device.CPU, Precision.FP32, decoding, 1), weights));
                }
            }
        }
    }

    @AfterAll
    void closeModels() {
        models.forEach(NotaGenModel::close);
    }

    private NotaGenModel model(Backend backend, Decoding decoding) {
        return models.get(backend.ordinal() * Decoding.values().length + decoding.ordinal());
    }

    static Stream<Arguments> arms() {
        return ReferenceText.names().stream().flatMap(name -> Stream.of(Backend.values()).flatMap(
                backend -> Stream.of(Decoding.values()).map(decoding -> Arguments.of(name, backend, decoding))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("arms")
    void writesTheTextOfTheOriginal(String name, Backend backend, Decoding decoding) {
        ReferenceText expected = ReferenceText.load(name);
        GenerationSettings settings = expected.settings();
        double[] margin = {1};

        Piece piece;
        try (PatchDecoder decoder = PatchDecoders.open(decoding, model(backend, decoding), settings.patchLength())) {
            piece = new PieceGenerator(settings, decoder, PieceListener.NONE,
                    (sampler, uniform, id) -> margin[0] = Math.min(margin[0], sampler.margin(uniform))).generate();
        }

        assertThat(piece.raw()).isEqualTo(expected.raw());
        assertThat(piece.work().patches()).isEqualTo(expected.patchCount());
        assertThat(piece.work().cuts()).isEqualTo(expected.cuts());
        assertThat(piece.outcome()).isEqualTo(expected.outcome());
        assertThat(piece.ended()).isEqualTo(expected.ended());
        assertThat(margin[0]).as("distance to another character, above rounding").isGreaterThan(1e-5);
        if (expected.abc() != null) {
            assertThat(RestRestorer.restore(piece.raw())).isEqualTo(expected.abc());
        }
    }
}
