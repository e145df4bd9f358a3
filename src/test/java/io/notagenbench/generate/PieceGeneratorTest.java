package io.notagenbench.generate;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Music;
import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.Prompt;
import io.notagenbench.decoding.CharChooser;
import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.fault.Outcome;
import io.notagenbench.sampling.SamplerSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a piece ends. */
class PieceGeneratorTest {

    private static final SamplerSettings SAMPLING = new SamplerSettings(9, 0.9, 1.2);

    private static Piece write(String prompt, int window, int patches, String trace, Duration limit) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse(prompt), window, SAMPLING, 1, patches,
                Optional.ofNullable(trace).map(Trace::load), limit);
        return new PieceGenerator(settings, new IndifferentDecoder(false)).generate();
    }

    /** Holds the loop to what it says of the contexts it hands over, and counts what caches would run. */
    private static final class Caches implements PatchDecoder {

        private final PatchDecoder decoder = new IndifferentDecoder(false);
        private int[] cached = {};
        private int run;

        @Override
        public void truncate(int patches) {
            cached = Arrays.copyOf(cached, patches * PATCH_SIZE);
        }

        @Override
        public void encode(int[] context, int patches) {
            int[] ids = Arrays.copyOf(context, patches * PATCH_SIZE);
            assertThat(Arrays.copyOf(ids, cached.length)).isEqualTo(cached);
            run += (ids.length - cached.length) / PATCH_SIZE;
            cached = ids;
        }

        @Override
        public void hiddenState(float[] hidden) {
            decoder.hiddenState(hidden);
        }

        @Override
        public int decode(int[] patch, int chosen, CharChooser chooser) {
            return decoder.decode(patch, chosen, chooser);
        }

        @Override
        public CharWork work() {
            return decoder.work();
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"two-voices, 32", "two-voices, 64", "four-voices, 48", "long, 64"})
    void keepsOverACutWhatItLeavesAsItWas(String trace, int window) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse("Romantic/Chopin/Keyboard"), window, SAMPLING, 1, 0,
                Optional.of(Trace.load(trace)), GenerationSettings.TIME_LIMIT);
        Caches caches = new Caches();

        Piece.Work work = new PieceGenerator(settings, caches).generate().work();

        int prompt = PatchCodec.encodePrompt(Trace.load(trace).prompt()).length / PATCH_SIZE;
        assertThat(work.prefills()).isEqualTo(work.cuts() + 1);
        assertThat(work.prefillPatches()).isEqualTo(prompt + work.cutPatches());
        // prompt and metadata stand in front of every context
        assertThat(work.keptPatches()).isGreaterThan((long) work.cuts() * prompt);
        // the first patch of the body is decoded twice from one context
        assertThat(caches.run).isEqualTo(work.prefillPatches() + work.calls() - 1 - work.prefills());
    }

    @Test
    void endsAtItsBudget() {
        Piece piece = write("Romantic/Chopin/Keyboard", 64, 7, "two-voices", GenerationSettings.TIME_LIMIT);

        assertThat(piece.work().patches()).isEqualTo(7);
        assertThat(piece.outcome()).isEqualTo(Outcome.OK);
        assertThat(piece.ended()).isFalse();
    }

    @Test
    void endsAtItsTimeLimit() {
        Piece piece = write("Romantic/Chopin/Keyboard", 64, 0, "two-voices", Duration.ZERO);

        assertThat(piece.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(piece.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("longer than 0 s", "-p timeLimit="));
        assertThat(piece.work().patches()).isEqualTo(1);
    }

    @Test
    void endsWhereTheHeaderAloneFillsTheWindow() {
        Piece piece = write("Romantic/Chopin/Keyboard", 8, 0, "two-voices", GenerationSettings.TIME_LIMIT);

        assertThat(piece.outcome()).isEqualTo(Outcome.CONTEXT_FULL);
        assertThat(piece.work().patches()).isEqualTo(3);
        assertThat(piece.work().cuts()).as("the cut that found nothing counts").isEqualTo(1);
    }

    @Test
    void doesNotBeginWhereThePromptAloneIsLongerThanTheWindow() {
        Piece piece = write("Romantic/" + "a".repeat(200) + "/Keyboard", 8, 0, null, GenerationSettings.TIME_LIMIT);

        assertThat(piece.outcome()).isEqualTo(Outcome.CONTEXT_FULL);
        assertThat(piece.work().calls()).isZero();
        assertThat(piece.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("choose a patchLength of 16 or more"));
    }

    @Test
    void aPromptOfMusicIsNotTheFirstBarThatIsWritten() {
        // The indifferent decoder writes no bar.
        Piece piece = write("src/test/resources/prompts/music.abc", 64, 3, null, GenerationSettings.TIME_LIMIT);

        assertThat(piece.times().firstPatch()).isPresent();
        assertThat(piece.times().firstBar()).isEmpty();
        assertThat(Music.of(piece.music()).bars()).isEqualTo(4);
        assertThat(Music.of(piece.music(), piece.prompt().text().length()).bars()).isZero();
    }

    @Test
    void endsWhereTheTextGrowsWithoutEnd() {
        // Without a trace the indifferent decoder writes characters for ever.
        Piece piece = write("Romantic/Chopin/Keyboard", 65_536, 0, null, GenerationSettings.TIME_LIMIT);

        assertThat(piece.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(piece.raw().length()).isBetween(PieceWriter.LONGEST_TEXT + 1, PieceWriter.LONGEST_TEXT + 16);
    }
}
