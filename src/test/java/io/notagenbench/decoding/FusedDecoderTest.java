package io.notagenbench.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import io.notagenbench.sampling.SamplerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One call a patch: the same text, from the same work, as step by step. */
class FusedDecoderTest {

    private static EngineSettings settings(String backend, Decoding decoding, Precision precision) {
        return new EngineSettings(backend, Device.CPU, precision, decoding, 1);
    }

    static Stream<Arguments> precisions() {
        return Stream.of(Backend.values()).map(Backend::name).flatMap(backend -> Stream.of(Precision.values())
                .filter(precision -> BackendProvider.of(backend)
                        .refusal(settings(backend, Decoding.CACHED, precision)).isEmpty())
                .map(precision -> Arguments.of(backend, precision)));
    }

    /** What a piece is and what it took: one with stream cuts, and one whose text a trace decides. */
    private static List<Object> pieces(String backend, Decoding decoding, Precision precision) {
        List<Object> all = new ArrayList<>();
        try (Weights weights = ModelSource.open("tiny");
                NotaGenModel model = BackendProvider.of(backend).open(settings(backend, decoding, precision), weights)) {
            for (Optional<Trace> trace : List.of(Optional.<Trace>empty(), Optional.of(Trace.load("four-voices")))) {
                GenerationSettings asked = new GenerationSettings(Prompt.parse("Classical/Haydn/Chamber"), 48,
                        new SamplerSettings(15, 0.95, 1.1), 7, 70, trace, GenerationSettings.TIME_LIMIT);
                try (PatchDecoder decoder = PatchDecoders.open(decoding, model, 48)) {
                    Piece piece = new PieceGenerator(asked, decoder).generate();
                    assertThat(piece.work().cuts()).isPositive();
                    all.addAll(List.of(piece.raw(), piece.work(), decoder.work()));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void writesWhatCachedWritesAndCountsTheSame(String backend, Precision precision) {
        List<Object> expected;
        try {
            expected = pieces(backend, Decoding.CACHED, precision);
        } catch (Fault fault) {
            assumeTrue(precision == Precision.FP32, "not on this processor: " + fault.getMessage());
            throw fault;
        }
        assertThat(pieces(backend, Decoding.FUSED, precision)).isEqualTo(expected);
    }

    @Test
    void aChooserThatWantsLogitsIsRefused() {
        try (NotaGenModel model = TinyOnnx.open(); PatchDecoder decoder = PatchDecoders.open(Decoding.FUSED, model, 8)) {
            decoder.encode(new int[16], 1);
            assertThatThrownBy(() -> decoder.decode(new int[16], 0, (logits, offset, slot) -> 0))
                    .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("logits");
        }
    }
}
