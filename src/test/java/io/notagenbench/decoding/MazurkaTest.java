package io.notagenbench.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import io.notagenbench.params.Recordings;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The score that the published test is compared with: every arm writes exactly its text. */
class MazurkaTest {

    private static final int WINDOW = 64;
    private static final Trace CHOPIN = Trace.load(Recordings.CHOPIN);

    /** A budget leaves two stream cuts; 0 is the whole piece. */
    @ParameterizedTest
    @CsvSource({"onnx, RECOMPUTE, 90", "onnx, CACHED, 0", "onnx, FUSED, 90", "onnx, SPECULATIVE, 0", "pytorch, RECOMPUTE, 90",
        "pytorch, CACHED, 90", "pytorch, FUSED, 90", "pytorch, SPECULATIVE, 90"})
    void everyDecodingAndBackendWritesTheText(String backend, Decoding decoding, int budget) {
        Optional<Trace> trace = Optional.of(CHOPIN);
        GenerationSettings settings = new GenerationSettings(Prompt.NONE, WINDOW, new SamplerSettings(9, 0.9, 1.2), 0, budget, trace,
                GenerationSettings.TIME_LIMIT);
        try (Weights weights = ModelSource.open("tiny");
                NotaGenModel model = BackendProvider.of(backend)
                        .open(new EngineSettings(backend, Device.CPU, Precision.FP32, decoding, 1), weights);
                PatchDecoder decoder = PatchDecoders.open(decoding, model, WINDOW, KnownPieces.besides(trace))) {
            Piece piece = new PieceGenerator(settings, decoder).generate();

            CHOPIN.requireText(piece);
            assertThat(piece.work().cuts()).isPositive();
            assertThat(piece.ended()).isEqualTo(budget == 0);
            assertThat(CHOPIN.text()).startsWith(piece.raw()).hasSizeBetween(piece.raw().length(), budget == 0 ? piece.raw().length() : 5000);
        }
    }
}
