package io.notagenbench.report;

import static io.notagenbench.report.ResultsFolder.counters;
import static io.notagenbench.report.ResultsFolder.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.RestRestorer;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.document.Score;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.results.PieceCounters;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenTextTest {

    @TempDir
    Path temporary;

    private static Piece write(Parameters parameters) {
        GenerationSettings settings = GenerationSettings.of(parameters);
        EngineSettings engine = EngineSettings.of(parameters);
        try (Weights weights = ModelSource.open("tiny");
                NotaGenModel model = BackendProvider.of(engine.backend()).open(engine, weights);
                PatchDecoder decoder = PatchDecoders.open(Decoding.CACHED, model, settings.patchLength())) {
            return new PieceGenerator(settings, decoder).generate();
        }
    }

    private ResultsFolder measured(String work, long chars, long patches, String budget) {
        return new ResultsFolder(temporary).result("FullPieceBenchmark.generate",
                "\"backend\":\"onnx\",\"decoding\":\"cached\",\"model\":\"tiny\",\"seed\":\"3\",\"work\":\"" + work
                        + "\",\"patches\":\"" + budget + "\"",
                time(20, 20), counters(2, PieceCounters.class, counted -> {
                    counted.chars = chars;
                    counted.patches = patches;
                }));
    }

    private static Parameters parameters(String work, String budget) {
        return Parameters.defaults().with(Parameter.BACKEND, "onnx").with(Parameter.DECODING, "cached")
                .with(Parameter.MODEL, "tiny").with(Parameter.SEED, "3").with(Parameter.WORK, work)
                .with(Parameter.PATCHES, budget);
    }

    @Test
    void aPieceOfTheModelsOwnIsWrittenAgain() {
        Piece piece = write(parameters("natural", "0"));
        assertThat(measured("natural", piece.work().chars(), piece.work().patches(), "0").report().blocks(Score.class))
                .extracting(Score::abc).containsExactly(RestRestorer.restore(piece.raw()));
    }

    @Test
    void aRecordedPieceIsTheRecordAndWithABudgetItsBeginning() {
        for (String budget : new String[] {"0", "60"}) {
            Piece piece = write(parameters("two-voices", budget));
            assertThat(measured("two-voices", piece.work().chars(), piece.work().patches(), budget).report()
                    .blocks(Score.class)).extracting(Score::abc).containsExactly(RestRestorer.restore(piece.music()));
            assertThat(piece.music().equals(piece.raw())).as("stopped inside a bar").isEqualTo(budget.equals("0"));
        }
    }

    @Test
    void aTextOfOtherLengthIsNotTheOneThatWasMeasured() {
        assertThat(measured("natural", 5, 2, "0").report().blocks(Score.class)).isEmpty();
        assertThat(measured("two-voices", 5, 2, "0").report().blocks(Score.class)).isEmpty();
    }
}
