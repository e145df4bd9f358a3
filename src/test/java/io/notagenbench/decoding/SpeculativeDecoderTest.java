package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.notagenbench.abc.Prompt;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Recordings;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        public double uniform(int slot) {
            return drafts == null ? uniforms[slot] : drafts.nextDouble();
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

    /** What the sessions of a model draft: the whole patches, and where each ended. */
    private record Watched(List<int[]> drafts, List<Integer> ends) {

        Watched() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        NotaGenModel watch(NotaGenModel model) {
            return proxy(NotaGenModel.class, (proxy, method, arguments) -> {
                Object result = method.invoke(model, arguments);
                return result instanceof EngineSession session ? watch(session) : result;
            });
        }

        private EngineSession watch(EngineSession session) {
            return proxy(EngineSession.class, (proxy, method, arguments) -> {
                if (method.getName().equals("forwardPatches")) {
                    ran((int[]) arguments[0], (int) arguments[2], (int) arguments[3]);
                }
                return method.invoke(session, arguments);
            });
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }

        /** Drafts alone are handed over apart from the context. */
        private void ran(int[] ids, int from, int count) {
            if (ids.length == 2 * PATCH_SIZE && count == 2) {
                drafts.add(Arrays.copyOfRange(ids, PATCH_SIZE, 2 * PATCH_SIZE));
                ends.add(from + count);
            }
        }
    }

    /** What rows cost is not measured, so that drafts do not depend on what else the machine does. */
    private Piece natural(boolean speculative, int window, int seed, List<int[]> known, Watched watched, List<PatchWork> work) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse("Classical/Haydn/Chamber"), window, SAMPLING, seed,
                0, Optional.empty(), GenerationSettings.TIME_LIMIT);
        EngineSession session = watched.watch(model).newSession(window);
        try (PatchDecoder decoder = speculative ? new SpeculativeDecoder(session, window, new DraftMemory(known), () -> 0)
                : new CachedDecoder(session)) {
            Piece piece = new PieceGenerator(settings, decoder).generate();
            work.add(decoder.patchWork());
            return piece;
        }
    }

    /** What is drafted if the future is known, or a future that is wrong at every 40th character. */
    @ParameterizedTest
    @CsvSource({"64, 0", "32, 0", "64, 40", "32, 40"})
    void draftsWholePatchesThatAreRightOrWrong(int window, int wrong) {
        Watched watched = new Watched();
        List<PatchWork> work = new ArrayList<>();
        Piece cached = natural(false, window, 77, List.of(), watched, work);
        int[] known = cached.stream().clone();
        for (int i = wrong; wrong > 0 && i < known.length; i += wrong) {
            known[i] = known[i] == 'A' ? 'B' : 'A';
        }

        Piece speculative = natural(true, window, 77, List.of(known), watched, work);

        assertThat(speculative.raw()).isEqualTo(cached.raw());
        assertThat(cached.work().cuts()).as("the piece crosses stream cuts").isPositive();
        PatchWork drafted = work.get(1);
        assertThat(drafted.passes() + drafted.accepted()).isEqualTo(work.get(0).passes());
        assertThat(drafted.rows()).isEqualTo(work.get(0).rows() + drafted.drafted() - drafted.accepted());
        assertThat(drafted.accepted()).isBetween(drafted.drafted() / 10, drafted.drafted());
        assertThat(drafted.drafted()).isGreaterThan(speculative.work().patches() / 5);
        assertThat(watched.drafts()).hasSize((int) drafted.drafted());
        assertThat(watched.drafts()).as("nothing follows the end patch").noneMatch(ids -> ids[0] == BOS);
        assertThat(watched.ends()).as("a patch that fills the window is followed by a cut").allMatch(end -> end < window);
        if (wrong > 0) {
            assertThat(drafted.accepted()).as("wrong drafts are not accepted").isLessThan(drafted.drafted());
        }
    }

    @Test
    void aPieceOnItsOwnDraftsWholePatches() {
        List<PatchWork> work = new ArrayList<>();
        natural(true, 256, 77, KnownPieces.besides(Optional.empty()),
                new Watched(), work);

        assertThat(work.get(0).drafted()).isPositive();
    }

    private CharWork write(Optional<Trace> trace, List<int[]> known, int window) {
        GenerationSettings settings = new GenerationSettings(Prompt.parse("Classical/Haydn/Chamber"), window, SAMPLING, 77,
                0, trace, GenerationSettings.TIME_LIMIT);
        try (PatchDecoder decoder = new SpeculativeDecoder(model.newSession(window), window, new DraftMemory(known), () -> 0)) {
            Piece piece = new PieceGenerator(settings, decoder).generate();
            CharWork work = decoder.work();
            assertThat(work.rows()).isGreaterThanOrEqualTo(piece.work().sampledChars());
            assertThat(work.accepted()).isLessThanOrEqualTo(work.drafted());
            assertThat(work.passes() + work.accepted()).isEqualTo(piece.work().sampledChars());
            assertThat(work.byDepth().get(0).drafted()).as("a pass has one first draft at most").isLessThanOrEqualTo(work.passes());
            for (int depth = 1; depth < work.byDepth().size(); depth++) {
                assertThat(work.byDepth().get(depth).drafted()).as("behind a right draft").isLessThanOrEqualTo(work.byDepth().get(depth - 1).accepted());
            }
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

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void aDecoderWithoutAModelMakesThePassesOfOneWithIt(int window) {
        Optional<Trace> trace = Optional.of(Trace.load(Recordings.CHOPIN));
        GenerationSettings settings = new GenerationSettings(trace.get().prompt(), window, SAMPLING, 0, 0, trace,
                GenerationSettings.TIME_LIMIT);
        List<int[]> known = KnownPieces.besides(trace);
        try (PatchDecoder real = new SpeculativeDecoder(model.newSession(window), window, new DraftMemory(known), () -> 0);
                PatchDecoder blank = PatchDecoders.withoutModel(window, new DraftMemory(known))) {
            Piece expected = new PieceGenerator(settings, real).generate();

            assertThat(new PieceGenerator(settings, blank).generate().raw()).isEqualTo(expected.raw());
            assertThat(blank.work()).isEqualTo(real.work());
            assertThat(blank.patchWork()).isEqualTo(real.patchWork());
        }
    }

    @Test
    void aDecoderThatTakesOverGoesOnAsIfItHadBegun() {
        Optional<Trace> trace = Optional.of(Trace.load(Recordings.CHOPIN));
        GenerationSettings settings = new GenerationSettings(trace.get().prompt(), 64, SAMPLING, 0, 0, trace,
                GenerationSettings.TIME_LIMIT);
        List<int[]> known = KnownPieces.besides(trace);
        CharWork whole;
        try (PatchDecoder decoder = PatchDecoders.withoutModel(64, new DraftMemory(known))) {
            new PieceGenerator(settings, decoder).generate();
            whole = decoder.work();
        }
        DraftMemory memory = new DraftMemory(known);
        PieceSteps steps = new PieceSteps(settings, PieceListener.NONE, DrawListener.NONE);
        CharWork half;
        try (PatchDecoder first = PatchDecoders.withoutModel(64, memory)) {
            for (int patch = 0; patch < 200; patch++) {
                steps.step(first);
            }
            half = first.work();
        }
        try (PatchDecoder second = PatchDecoders.open(Decoding.SPECULATIVE, model, 64, memory)) {
            while (!steps.ended()) {
                steps.step(second);
            }
            // What rows cost on this machine decides how far the second one drafts.
            assertThat((double) half.passes() + second.work().passes()).isCloseTo(whole.passes(), offset(0.1 * whole.passes()));
        }
        assertThat(steps.text()).isEqualTo(new PieceGenerator(settings, new CachedDecoder(model.newSession(64))).generate().raw());
    }

    @Test
    void thePieceThatIsWrittenIsNotKnown() {
        for (String name : Recordings.OF_TINY) {
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
