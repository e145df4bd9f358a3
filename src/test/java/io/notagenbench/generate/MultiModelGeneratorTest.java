package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.SamplerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A queue of pieces over several models, here all on the CPU. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiModelGeneratorTest {

    private static final int MODELS = 3;

    private final List<NotaGenModel> models = new ArrayList<>();

    @BeforeAll
    void open() {
        try (Weights weights = ModelSource.open("tiny")) {
            EngineSettings.each(Parameters.parse(List.of("backend=onnx", "device=cpu/cpu/cpu"))).forEach(
                    settings -> models.add(BackendProvider.of("onnx").open(settings, weights)));
        }
    }

    @AfterAll
    void close() {
        models.forEach(NotaGenModel::close);
    }

    /** Long pieces first, so that the others go to whoever is not busy with them. */
    private static List<GenerationSettings> queue() {
        return IntStream.range(0, 7).mapToObj(seed -> new GenerationSettings(Prompt.parse("Romantic/Chopin/Keyboard"), 48,
                new SamplerSettings(9, 0.9, 1.2), seed, seed == 0 ? 80 : 9 + seed, Optional.empty(),
                GenerationSettings.TIME_LIMIT)).toList();
    }

    private List<BatchDecoder> decoders(int count, int batch) {
        return models.subList(0, count).stream().map(model -> BatchDecoder.open(model, batch, 48)).toList();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "2, 2", "3, 8"})
    void writesWhatOneModelWritesInTheOrderOfTheQueue(int count, int batch) {
        List<String> expected;
        List<BatchDecoder> one = decoders(1, 1);
        try (MultiModelGenerator generator = new MultiModelGenerator(1)) {
            expected = generator.generate(one, queue()).stream().map(Piece::raw).toList();
        } finally {
            one.forEach(BatchDecoder::close);
        }
        List<BatchDecoder> several = decoders(count, batch);
        try (MultiModelGenerator generator = new MultiModelGenerator(count)) {
            List<Piece> pieces = generator.generate(several, queue());
            assertThat(pieces).extracting(Piece::raw).isEqualTo(expected).doesNotHaveDuplicates();
            if (batch == 1) {
                assertThat(several).as("each had work").allMatch(decoder -> decoder.work().patchRows() > 0);
            }
        } finally {
            several.forEach(BatchDecoder::close);
        }
    }

    @Test
    void whatFailsOnOneModelFailsForAll() {
        List<BatchDecoder> decoders = decoders(MODELS, 1);
        try (MultiModelGenerator generator = new MultiModelGenerator(MODELS)) {
            List<Integer> heard = new ArrayList<>();
            assertThatThrownBy(() -> generator.generate(decoders, queue(), (piece, number) -> {
                heard.add(number);
                throw new IllegalArgumentException("no room for piece " + number);
            })).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("no room for piece");
            assertThat(heard).as("no more than one of each").hasSizeLessThanOrEqualTo(MODELS);
        } finally {
            decoders.forEach(BatchDecoder::close);
        }
    }
}
