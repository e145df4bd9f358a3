package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.BatchWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import io.notagenbench.sampling.SamplerSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pieces that are decoded together are, to the character, those that are decoded alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchGeneratorTest {

    private static final int WINDOW = 256;

    private final Map<Backend, NotaGenModel> models = new EnumMap<>(Backend.class);
    private final Map<Backend, List<Piece>> alone = new EnumMap<>(Backend.class);

    @BeforeAll
    void open() {
        for (Backend backend : Backend.values()) {
            try (Weights weights = ModelSource.open("tiny")) {
                models.put(backend, BackendProvider.of(backend.name())
                        .open(new EngineSettings(backend.name(), Device.CPU, Precision.FP32, Decoding.CACHED, 1), weights));
            }
            alone.put(backend, queue().stream().map(settings -> single(backend, settings)).toList());
        }
    }

    @AfterAll
    void close() {
        models.values().forEach(NotaGenModel::close);
    }

    /** Pieces of several prompts, seeds, windows and lengths, two of them with stream cuts and one on a trace. */
    private static List<GenerationSettings> queue() {
        return List.of(
                piece("Romantic/Chopin/Keyboard", 48, 0, 60, Optional.empty()),
                piece("Baroque/Bach/Choral", 32, 1, 1, Optional.empty()),
                piece("Classical/Haydn/Chamber", WINDOW, 2, 40, Optional.empty()),
                piece("Romantic/Chopin/Keyboard", 32, 3, 90, Optional.empty()),
                piece("Romantic/Chopin/Keyboard", 64, 4, 0, Optional.of(Trace.load("two-voices"))),
                piece("Baroque/Bach/Keyboard", 64, 5, 17, Optional.empty()),
                piece("Classical/Mozart/Orchestral", 64, 6, 30, Optional.empty()));
    }

    private static GenerationSettings piece(String prompt, int window, long seed, int patches, Optional<Trace> trace) {
        return new GenerationSettings(Prompt.parse(prompt), window, new SamplerSettings(9, 0.9, 1.2), seed, patches, trace,
                GenerationSettings.TIME_LIMIT);
    }

    private Piece single(Backend backend, GenerationSettings settings) {
        try (PatchDecoder decoder = PatchDecoders.open(Decoding.CACHED, models.get(backend), settings.patchLength())) {
            return new PieceGenerator(settings, decoder).generate();
        }
    }

    private static List<Piece> together(BatchDecoder decoder, List<GenerationSettings> queue) {
        Piece[] pieces = new Piece[queue.size()];
        new BatchGenerator(decoder).generate(queue, (piece, number) -> {
            assertThat(pieces[number]).as("each is handed over once").isNull();
            pieces[number] = piece;
        });
        return List.of(pieces);
    }

    static Stream<Arguments> batches() {
        return Stream.of(Backend.values())
                .flatMap(backend -> Stream.of(1, 2, 3, 5, 16).map(batch -> Arguments.of(backend, batch)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("batches")
    void writesTheTextsOfSingleRuns(Backend backend, int batch) {
        try (BatchDecoder decoder = BatchDecoder.open(models.get(backend), batch, WINDOW)) {
            List<Piece> pieces = together(decoder, queue());

            for (int i = 0; i < pieces.size(); i++) {
                Piece expected = alone.get(backend).get(i);
                assertThat(pieces.get(i).raw()).as("piece %d", i).isEqualTo(expected.raw());
                assertThat(pieces.get(i).stream()).isEqualTo(expected.stream());
                assertThat(pieces.get(i).work()).isEqualTo(expected.work());
                assertThat(pieces.get(i).outcome()).isEqualTo(Outcome.OK);
            }
            assertThat(alone.get(backend).stream().filter(piece -> piece.work().cuts() > 0)).hasSizeGreaterThan(2);
            BatchWork work = decoder.work();
            assertThat(work.patchRows()).isEqualTo(pieces.stream().mapToLong(piece -> piece.work().calls()).sum());
            assertThat(work.charRows()).isGreaterThanOrEqualTo(
                    pieces.stream().mapToLong(piece -> piece.work().sampledChars()).sum());
            assertThat((double) work.patchRows() / work.patchPasses()).isGreaterThan(batch == 1 ? 0.99 : 1.5)
                    .isLessThanOrEqualTo(batch);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void writesTheTextsOfTheOriginal(Backend backend) {
        List<ReferenceText> expected = ReferenceText.names().stream().map(ReferenceText::load).toList();
        try (BatchDecoder decoder = BatchDecoder.open(models.get(backend), 4, WINDOW)) {
            // again on a decoder whose caches are full of others
            for (int repeat = 0; repeat < 2; repeat++) {
                List<Piece> pieces = together(decoder, expected.stream().map(ReferenceText::settings).toList());
                for (int i = 0; i < pieces.size(); i++) {
                    assertThat(pieces.get(i).raw()).isEqualTo(expected.get(i).raw());
                    assertThat(pieces.get(i).outcome()).isEqualTo(expected.get(i).outcome());
                    assertThat(pieces.get(i).work().cuts()).isEqualTo(expected.get(i).cuts());
                }
            }
        }
    }
}
