package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.notagenbench.abc.Prompt;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.Trace;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeculativeDecoderTest {

    private static final SamplerSettings SAMPLING = new SamplerSettings(9, 0.9, 1.2);

    private NotaGenModel model;

    @BeforeAll
    void open() {
        model = TinyOnnx.open();
    }

    @AfterAll
    void close() {
        model.close();
    }

    /** Draws as the generation loop does, and drafts whatever it is told to. */
    private static final class Chooser implements CharChooser {

        private final Sampler sampler = new Sampler(SAMPLING);
        private final double[] uniforms = new double[PATCH_SIZE];
        private final NumpyRandom random = new NumpyRandom(3);
        private final Random drafts;

        Chooser(Random drafts) {
            this.drafts = drafts;
        }

        @Override
        public int choose(float[] logits, int offset, int slot) {
            return sampler.sample(logits, offset, uniforms[slot]);
        }

        @Override
        public int draft(double[] probabilities, int slot) {
            return drafts == null ? CharChooser.super.draft(probabilities, slot) : drafts.nextInt(VOCABULARY);
        }
    }

    private int[] ids(Decoding decoding, Random drafts, int chosen) {
        int[] context = Arrays.copyOf(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2}, 31 * PATCH_SIZE);
        Chooser chooser = new Chooser(drafts);
        try (PatchDecoder decoder = PatchDecoders.open(decoding, model, 32)) {
            for (int patches = 1; patches < 31; patches++) {
                chooser.random.fill(chooser.uniforms, PATCH_SIZE);
                int[] patch = new int[PATCH_SIZE];
                Arrays.fill(patch, 0, chosen, 'A');
                decoder.encode(context, patches);
                int decided = decoder.decode(patch, chosen, chooser);
                System.arraycopy(patch, 0, context, patches * PATCH_SIZE, decided);
            }
        }
        return context;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 15})
    void writesWhatCachedWritesWhateverTheDraftsAre(int chosen) {
        int[] expected = ids(Decoding.CACHED, null, chosen);

        assertThat(ids(Decoding.SPECULATIVE, null, chosen)).isEqualTo(expected);
        for (int seed = 0; seed < 5; seed++) {
            assertThat(ids(Decoding.SPECULATIVE, new Random(seed), chosen)).isEqualTo(expected);
        }
    }

    private CharWork write(Optional<Trace> trace, List<int[]> known, int window) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse("Classical/Haydn/Chamber"), window, SAMPLING, 77,
                0, trace, GenerationSettings.TIME_LIMIT);
        try (PatchDecoder decoder = PatchDecoders.open(Decoding.SPECULATIVE, model, window, known)) {
            Piece piece = new PieceGenerator(settings, decoder).generate();
            CharWork work = decoder.work();
            assertThat(work.rows()).isGreaterThanOrEqualTo(piece.work().sampledChars());
            assertThat(work.accepted()).isLessThanOrEqualTo(work.drafted());
            assertThat(work.passes() + work.accepted()).isEqualTo(piece.work().sampledChars());
            return work;
        }
    }

    @Test
    void needsFewerPassesThanCharacters() {
        CharWork alone = write(Optional.empty(), List.of(), 64);
        CharWork knowing = write(Optional.empty(), KnownPieces.besides(Optional.empty()), 64);

        assertThat(alone.accepted()).isGreaterThan(alone.passes() / 3);
        assertThat(knowing.accepted()).as("pieces that are known make better drafts").isGreaterThan(knowing.passes());
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 64, 256})
    void draftsOfATraceAreAsGoodAsOfThePieceItRecords(int window) {
        Optional<Trace> trace = Optional.of(Trace.load("four-voices"));

        CharWork replayed = write(trace, KnownPieces.besides(trace), window);
        CharWork cheating = write(trace, List.of(trace.get().stream()), window);

        double share = (double) replayed.accepted() / (replayed.accepted() + replayed.passes());
        assertThat(share).isBetween(0.5, 0.75);
        assertThat(cheating.passes()).as("the recorded future would be far better").isLessThan(replayed.passes() * 3 / 4);
    }

    @Test
    void thePieceThatIsWrittenIsNotKnown() {
        for (String name : Trace.SHIPPED) {
            Trace trace = Trace.load(name);
            assertThat(KnownPieces.besides(Optional.of(trace))).hasSize(2)
                    .noneMatch(stream -> Arrays.equals(stream, trace.stream()));
        }
        assertThat(KnownPieces.besides(Optional.empty())).hasSize(3);
    }

    @Test
    void ngramsAreProbabilitiesAndRemember() {
        Ngrams ngrams = new Ngrams();
        int[] text = "abcabcabdabc".chars().toArray();
        for (int i = 0; i < text.length; i++) {
            ngrams.add(text, i, text[i]);
        }
        double[] probabilities = new double[VOCABULARY];

        int matched = ngrams.predict(text, text.length, probabilities);

        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, offset(1e-12));
        assertThat(matched).isEqualTo(3);
        assertThat(probabilities['a']).isGreaterThan(0.7);
    }
}
