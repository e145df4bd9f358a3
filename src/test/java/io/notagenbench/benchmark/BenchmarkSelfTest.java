package io.notagenbench.benchmark;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.abc.Music;
import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.Prompt;
import io.notagenbench.benchmark.state.BatchModelState;
import io.notagenbench.benchmark.state.BatchState;
import io.notagenbench.benchmark.state.ContextState;
import io.notagenbench.benchmark.state.LoadState;
import io.notagenbench.benchmark.state.LogitsState;
import io.notagenbench.benchmark.state.ModelState;
import io.notagenbench.benchmark.state.PatchState;
import io.notagenbench.benchmark.state.PieceState;
import io.notagenbench.benchmark.state.PrefillState;
import io.notagenbench.benchmark.state.RecordedPatchesState;
import io.notagenbench.benchmark.state.States;
import io.notagenbench.benchmark.state.StepState;
import io.notagenbench.benchmark.state.StretchState;
import io.notagenbench.benchmark.state.TextState;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.ReferenceText;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Recordings;
import io.notagenbench.results.BatchCounters;
import io.notagenbench.results.PieceCounters;
import io.notagenbench.results.StretchCounters;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.PlainSampler;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each benchmark times is what a plain reference computes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchmarkSelfTest {

    private static final double TOLERANCE = 2e-5;
    private static final SamplerSettings ARTICLE = new SamplerSettings(9, 0.9, 1.2);

    private final Map<String, ModelState> models = new HashMap<>();
    /** What patch decoding has to draw, where all slots of a patch are filled and where not. */
    private final Map<Boolean, Integer> plainDraws = new HashMap<>();
    private ModelState onnx;
    private Weights weights;
    private ReferenceForward reference;

    @BeforeAll
    void load() {
        for (String backend : List.of("pytorch", "onnx")) {
            for (String decoding : List.of("recompute", "cached", "fused", "speculative")) {
                models.put(backend + decoding, States.model(backend, decoding));
            }
        }
        onnx = model("onnx", "cached");
        weights = ModelSource.open("tiny");
        reference = new ReferenceForward(weights);
    }

    @AfterAll
    void close() {
        models.values().forEach(ModelState::close);
        weights.close();
    }

    private ModelState model(String backend, String decoding) {
        return models.get(backend + decoding);
    }

    static Stream<Arguments> arms() {
        return Stream.of("pytorch", "onnx").flatMap(
                backend -> Stream.of("recompute", "cached").map(decoding -> Arguments.of(backend, decoding)));
    }

    static Stream<Arguments> patchArms() {
        return Stream.concat(arms(), Stream.of(Arguments.of("pytorch", "fused"), Arguments.of("onnx", "fused")));
    }

    static Stream<Arguments> pieceArms() {
        return Stream.concat(patchArms(), Stream.of(Arguments.of("pytorch", "speculative"),
                Arguments.of("onnx", "speculative")));
    }

    private static ContextState context(ModelState model, String patches) {
        ContextState context = States.withDefaults(new ContextState());
        context.context = patches;
        context.encode(model);
        return context;
    }

    private double[] referenceHidden(int[] context) {
        int patches = context.length / PATCH_SIZE;
        return reference.hiddenStates(context, patches)[patches - 1];
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual.length).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnx"})
    void prefillRunsTheWholeContext(String backend) {
        for (String patches : List.of("1", "20", Defaults.CONTEXT)) {
            ContextState context = context(model(backend, "cached"), patches);
            PrefillState state = new PrefillState();
            state.open(model(backend, "cached"), context);

            float[] hidden = new ForwardPassBenchmark().prefill(state);

            assertClose(hidden, referenceHidden(context.ids()));
            state.close();
        }
    }

    @ParameterizedTest
    @MethodSource("arms")
    void patchStepRunsTheNewestPatchOfTheContext(String backend, String decoding) {
        ContextState context = context(model(backend, decoding), "33");
        StepState state = new StepState();
        state.open(model(backend, decoding), context);
        float[] hidden = new float[model(backend, decoding).config().hidden()];

        for (int again = 0; again < 2; again++) {
            assertThat(new ForwardPassBenchmark().patchStep(state)).isEqualTo(33);
            state.hiddenState(hidden);
            assertClose(hidden, referenceHidden(context.ids()));
        }
        state.close();
    }

    private PatchState patchState(String backend, String decoding) {
        PatchState state = new PatchState();
        state.open(model(backend, decoding));
        return state;
    }

    @ParameterizedTest
    @MethodSource("arms")
    void charStepRunsAllSixteenSteps(String backend, String decoding) {
        PatchState state = patchState(backend, decoding);

        new ForwardPassBenchmark().charStep(state);

        double[][] logits = reference.logits(referenceHidden(state.context()), state.text(), PATCH_SIZE);
        assertClose(state.lastLogits(), logits[PATCH_SIZE - 1]);
        state.close();
    }

    @Test
    void aPatchInOneCallHasNoCharStep() {
        PatchState state = patchState("onnx", "fused");
        assertThatThrownBy(() -> new ForwardPassBenchmark().charStep(state)).isInstanceOf(Fault.class)
                .hasMessageContaining("PatchDecodingBenchmark");
        state.close();
    }

    @ParameterizedTest
    @MethodSource("patchArms")
    void patchDecodingSamplesEveryPatchAndWritesTheRecord(String backend, String decoding) {
        PatchState state = patchState(backend, decoding);
        RecordedPatchesState work = States.withDefaults(new RecordedPatchesState());
        work.choose();

        int drawn = new PatchDecodingBenchmark().decode(state, work);

        assertThat(drawn).isEqualTo(plainDraws.computeIfAbsent(decoding.equals("recompute"), fillsAllSlots -> {
            double[] hidden = referenceHidden(state.context());
            return work.recorded().stream().mapToInt(recorded -> plainDecode(hidden, recorded, fillsAllSlots)).sum();
        }));
        state.close();
    }

    /** Number of decided characters plus the sum of all ids drawn, from one full forward pass a character. */
    private int plainDecode(double[] hidden, int[] recorded, boolean fillsAllSlots) {
        double[] uniforms = new double[PATCH_SIZE];
        new NumpyRandom(0).fill(uniforms, PATCH_SIZE);
        int[] patch = new int[PATCH_SIZE];
        int sum = 0;
        int slot = 0;
        do {
            double[] logits = reference.logits(hidden, patch, slot + 1)[slot];
            float[] rounded = new float[VOCABULARY];
            for (int i = 0; i < VOCABULARY; i++) {
                rounded[i] = (float) logits[i];
            }
            int drawn = PlainSampler.draw(PlainSampler.distribution(rounded, ARTICLE), uniforms[slot]);
            sum += drawn;
            patch[slot] = slot < recorded.length ? recorded[slot] : drawn;
            slot++;
        } while (slot < PATCH_SIZE && (fillsAllSlots || patch[slot - 1] != EOS));
        return slot + sum;
    }

    @Test
    void representativePatchesAreAsLongAsTheMeanPatch() {
        for (String name : Recordings.NAMES) {
            RecordedPatchesState work = States.withDefaults(new RecordedPatchesState());
            work.work = name;
            work.choose();

            double mean = Trace.load(name).patches().stream().mapToInt(ids -> ids.length).average().orElseThrow();
            double chosen = work.recorded().stream().mapToInt(ids -> ids.length).average().orElseThrow();

            assertThat(chosen).isBetween(mean - 0.5, mean + 0.5);
        }
    }

    @Test
    void samplingDrawsFromTheLogitsOfRealMusic() {
        LogitsState state = States.withDefaults(new LogitsState());
        state.compute();

        int drawn = new SamplingBenchmark().sample(state);

        int expected = 0;
        for (int row = 0; row < LogitsState.ROWS; row++) {
            float[] logits = Arrays.copyOfRange(state.logits(), row * VOCABULARY, (row + 1) * VOCABULARY);
            expected += PlainSampler.draw(PlainSampler.distribution(logits, ARTICLE), state.uniforms()[row]);
        }
        assertThat(drawn).isEqualTo(expected);
    }

    @Test
    void samplingParametersChangeWhatIsDrawn() {
        LogitsState article = States.withDefaults(new LogitsState());
        article.compute();
        LogitsState greedy = States.withDefaults(new LogitsState());
        greedy.topK = "1";
        greedy.compute();
        LogitsState hot = States.withDefaults(new LogitsState());
        hot.temperature = "3";
        hot.compute();
        LogitsState narrow = States.withDefaults(new LogitsState());
        narrow.topP = "0.3";
        narrow.compute();

        assertThat(List.of(article.drawAll(), greedy.drawAll(), hot.drawAll(), narrow.drawAll()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("pieceArms")
    void pieceWritesTheTextOfTheOriginal(String backend, String decoding) {
        ReferenceText expected = ReferenceText.load("keyboard-64");
        PieceState state = States.withDefaults(new PieceState());
        state.prepare(model(backend, decoding));
        state.open(model(backend, decoding));
        PieceCounters counters = new PieceCounters();

        Piece piece = new FullPieceBenchmark().generate(state);
        state.close(counters);

        assertThat(piece.raw()).isEqualTo(expected.raw());
        assertThat(counters.patches).isEqualTo(expected.patchCount());
        assertThat(counters.cuts).isEqualTo(expected.cuts());
        assertThat(counters.bars).isEqualTo(expected.raw().lines().filter(line -> line.startsWith("[r:")).count());
        assertThat(counters.musicSeconds).isEqualTo(26);
        assertThat(counters.firstPatchSeconds).isPositive().isLessThan(counters.firstBarSeconds);
        assertThat(counters.sampledChars).isEqualTo(decoding.equals("recompute")
                ? counters.calls * PATCH_SIZE - 5 : piece.work().sampledChars());
        assertThat(counters.charRows).as("of a decoder that is closed by now").isGreaterThanOrEqualTo(counters.charPasses);
    }

    @ParameterizedTest
    @MethodSource("pieceArms")
    void pieceWritesTheTraceAtAnyWindow(String backend, String decoding) {
        PieceState state = States.withDefaults(new PieceState());
        state.work = "two-voices";
        state.patchLength = "32";
        state.prepare(model(backend, decoding));
        state.open(model(backend, decoding));

        Piece piece = state.generate();

        assertThat(piece.raw()).isEqualTo(text(Trace.load("two-voices")));
        assertThat(piece.work().cuts()).isGreaterThan(3);
        state.close(new PieceCounters());
    }

    @Test
    void pieceThatItsBudgetStopsInsideABarCountsItsWholeBars() {
        PieceState state = States.withDefaults(new PieceState());
        state.work = "two-voices";
        state.patches = "60";
        state.prepare(model("onnx", "cached"));
        state.open(model("onnx", "cached"));
        PieceCounters counters = new PieceCounters();

        Piece piece = new FullPieceBenchmark().generate(state);
        state.close(counters);

        String whole = piece.raw().substring(0, piece.raw().lastIndexOf('\n') + 1);
        assertThat(piece.raw()).isNotEqualTo(whole);
        assertThat(counters.bars).isEqualTo(whole.lines().filter(line -> line.startsWith("[r:")).count());
        assertThat(counters.musicSeconds).isEqualTo(Music.of(whole).seconds());
    }

    @ParameterizedTest
    @CsvSource({"prompt-none-64, recompute", "prompt-none-64, speculative", "prompt-music-64, cached"})
    void pieceBeginsWithAnyPrompt(String name, String decoding) {
        ReferenceText expected = ReferenceText.load(name);
        PieceState state = States.withDefaults(new PieceState());
        state.prompt = expected.params().prompt();
        state.seed = String.valueOf(expected.params().seed());
        state.prepare(model("onnx", decoding));
        state.open(model("onnx", decoding));
        PieceCounters counters = new PieceCounters();

        assertThat(new FullPieceBenchmark().generate(state).raw()).isEqualTo(expected.raw());
        state.close(counters);
        int given = Prompt.parse(state.prompt).lines().stream().mapToInt(line -> line.startsWith("[r:") ? 1 : 0).sum();
        assertThat(counters.bars).isEqualTo(expected.raw().lines().filter(line -> line.startsWith("[r:")).count() - given);
    }

    @Test
    void aQueueBeginsWithoutAPrompt() {
        BatchState state = queue("2", "3");
        state.prompt = "none";
        state.seed = "3";
        BatchModelState model = States.batchModel("onnx");

        assertThat(written(state, model, new BatchCounters()).get(0).raw())
                .isEqualTo(ReferenceText.load("prompt-none-64").raw());
        model.close();
    }

    @Test
    void piecesThatTakeLongerThanTheyMayHaveNoTime() {
        BatchState state = queue("2", "3");
        state.timeLimit = "0.001";
        BatchModelState model = States.batchModel("onnx");

        assertThatThrownBy(() -> written(state, model, new BatchCounters())).isInstanceOf(Fault.class)
                .hasMessageStartingWith("TIMEOUT: the piece took longer than 0.001 s");
        model.close();
    }

    @Test
    void aPromptThatIsLongerThanTheWindowHasNoTime() {
        PieceState state = States.withDefaults(new PieceState());
        state.prompt = "src/test/resources/prompts/music.abc";
        state.patchLength = "16";
        assertThatThrownBy(() -> state.prepare(onnx)).isInstanceOf(Fault.class).hasMessageStartingWith("CONTEXT_FULL: the prompt");
    }

    @Test
    void pieceThatDoesNotEndWellHasNoTime() {
        PieceState state = States.withDefaults(new PieceState());
        state.prompt = "Baroque/Bach/Choral";
        state.patchLength = "28";
        state.seed = "1";
        state.prepare(onnx);
        state.open(onnx);

        assertThatThrownBy(state::generate).isInstanceOf(Fault.class).hasMessageStartingWith("CONTEXT_FULL: ");
        state.close(new PieceCounters());
    }

    @ParameterizedTest
    @MethodSource("pieceArms")
    void aStretchIsPartOfThePieceThatIsWrittenWhole(String backend, String decoding) {
        StretchState state = States.withDefaults(new StretchState());
        state.work = "two-voices";
        state.patchLength = "32";
        state.patches = "5";
        state.prepare(model(backend, decoding));
        state.open(model(backend, decoding));
        StretchCounters counters = new StretchCounters();

        assertThat(new StretchBenchmark().decode(state)).isEqualTo(5);
        assertThat(text(Trace.load("two-voices"))).startsWith(state.text()).hasSizeGreaterThan(state.text().length());
        state.close(counters);

        PieceState whole = States.withDefaults(new PieceState());
        whole.work = "two-voices";
        whole.patchLength = "32";
        whole.prepare(model(backend, decoding));
        whole.open(model(backend, decoding));
        whole.generate();
        PieceCounters counted = new PieceCounters();
        whole.close(counted);
        assertThat(List.of(counters.piecePatches, counters.pieceChars, counters.pieceCalls, counters.pieceContextPatches,
                counters.piecePrefills, counters.piecePrefillPatches)).isEqualTo(List.of(counted.patches, counted.chars, counted.calls,
                counted.contextPatches, counted.prefills, counted.prefillPatches));
        assertThat(counters.firstSeconds > 0 && counters.stepSeconds > 0).isEqualTo(!decoding.equals("recompute"));
    }

    private static BatchState queue(String batch, String pieces) {
        BatchState state = States.withDefaults(new BatchState());
        state.batch = batch;
        state.pieces = pieces;
        return state;
    }

    private static List<Piece> written(BatchState state, BatchModelState model, BatchCounters counters) {
        state.prepare(model);
        state.open(model);
        List<Piece> pieces = new BatchBenchmark().generate(state);
        state.close(model, counters);
        return pieces;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnx"})
    void batchWritesThePiecesOfSingleRuns(String backend) {
        BatchModelState model = States.batchModel(backend);
        BatchCounters counters = new BatchCounters();
        List<Piece> pieces = written(queue("3", "5"), model, counters);

        assertThat(pieces.get(0).raw()).isEqualTo(ReferenceText.load("keyboard-64").raw());
        for (int seed = 0; seed < pieces.size(); seed++) {
            PieceState alone = States.withDefaults(new PieceState());
            alone.seed = String.valueOf(seed);
            alone.prepare(model(backend, "cached"));
            alone.open(model(backend, "cached"));
            assertThat(pieces.get(seed).raw()).isEqualTo(alone.generate().raw());
            alone.close(new PieceCounters());
        }
        assertThat(counters.pieces).isEqualTo(5);
        assertThat(counters.patches).isEqualTo(pieces.stream().mapToLong(piece -> piece.work().patches()).sum());
        assertThat(counters.patchRows).isEqualTo(pieces.stream().mapToLong(piece -> piece.work().calls()).sum());
        assertThat(counters.charRows).as("rows share passes").isGreaterThan(counters.charPasses * 3 / 2);
        assertThat(counters.worstLatencySeconds).isGreaterThan(counters.latencySeconds / 5);
        assertThat(counters.askedSeconds).as("with the wait for a slot").isGreaterThan(counters.latencySeconds);
        assertThat(counters.askedP99Seconds).isGreaterThanOrEqualTo(counters.askedP50Seconds);
        assertThat(counters.steadyPieces).isEqualTo(5 - 3);
        model.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnx"})
    void severalDevicesWriteThePiecesOfOneInTheOrderOfTheQueue(String backend) {
        BatchModelState one = States.batchModel(backend);
        List<Piece> expected = written(queue("2", "6"), one, new BatchCounters());
        one.close();
        BatchModelState two = States.withDefaults(new BatchModelState());
        two.backend = Backend.valueOf(backend);
        two.device = "cpu/cpu";
        two.threads = "1";
        two.load();
        BatchCounters counters = new BatchCounters();

        assertThat(written(queue("2", "6"), two, counters)).extracting(Piece::raw)
                .isEqualTo(expected.stream().map(Piece::raw).toList());

        assertThat(two.models()).hasSize(2).doesNotHaveDuplicates();
        assertThat(counters.pieces).isEqualTo(6);
        assertThat(counters.patchRows).as("of both devices")
                .isEqualTo(expected.stream().mapToLong(piece -> piece.work().calls()).sum());
        assertThat(counters.aloneSeconds).isPositive();
        assertThat(counters.deviceSeconds).isPositive();
        two.close();
    }

    @Test
    void batchAndPiecesChangeTheWork() {
        BatchModelState model = States.batchModel("onnx");
        BatchCounters four = new BatchCounters();
        BatchCounters two = new BatchCounters();
        BatchState trace = queue("4", "4");
        trace.work = "two-voices";
        trace.patches = "20";
        BatchState fewer = queue("2", "3");
        fewer.patches = "20";

        assertThat(written(trace, model, four)).allMatch(piece -> text(Trace.load("two-voices")).startsWith(piece.raw()));
        assertThat(written(fewer, model, two)).extracting(Piece::raw).doesNotHaveDuplicates();

        assertThat(four.pieces).isEqualTo(4);
        assertThat(two.pieces).isEqualTo(3);
        assertThat(four.patchPasses).isEqualTo(20 + 1 + 3);
        assertThat(two.patchRows).isEqualTo(3 * 21);
        model.close();
    }

    @Test
    void batchThatDoesNotEndWellHasNoTime() {
        BatchModelState model = States.batchModel("onnx");
        BatchState state = queue("2", "2");
        state.prompt = "Baroque/Bach/Choral";
        state.patchLength = "28";
        state.prepare(model);
        state.open(model);

        assertThatThrownBy(state::generate).isInstanceOf(Fault.class).hasMessageStartingWith("CONTEXT_FULL: ")
                .hasMessageEndingWith("seed 1");
        state.close(model, new BatchCounters());
        model.close();
    }

    private static String text(Trace trace) {
        StringBuilder text = new StringBuilder(trace.prompt().text());
        List<int[]> patches = trace.patches();
        patches.subList(0, patches.size() - 1)
                .forEach(patch -> text.append(PatchCodec.decode(patch, 0, patch.length)));
        return text.toString();
    }

    @Test
    void modelLoadIsReadyForItsFirstPatchAndColdOnlyOnce() {
        LoadState state = States.withDefaults(new LoadState());
        int[] context = context(onnx, "3").ids();

        EngineSession session = new ModelLoadBenchmark().load(state);

        session.forwardPatches(context, 0, 0, 3);
        float[] hidden = new float[onnx.config().hidden()];
        session.hiddenState(hidden);
        assertClose(hidden, referenceHidden(context));
        int window = Integer.parseInt(Defaults.PATCH_LENGTH);
        int[] full = context(onnx, Defaults.PATCH_LENGTH).ids();
        session.forwardPatches(full, 0, 0, window);
        assertThatThrownBy(() -> session.forwardPatches(full, 0, window, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("room for " + window);
        state.close();
        assertThatThrownBy(state::load).isInstanceOf(Fault.class).hasMessageContaining("-wi 0 -i 1");
    }

    @Test
    void textIsThatOfTheOriginal() {
        ReferenceText expected = ReferenceText.load("choral-64");
        TextState state = States.withDefaults(new TextState());
        state.work = "four-voices";
        state.load();
        TextBenchmark benchmark = new TextBenchmark();

        assertThat(benchmark.decode(state)).isEqualTo(expected.raw());
        assertThat(benchmark.restoreRests(state)).isEqualTo(expected.abc());
        List<String> lines = expected.raw().lines().toList();
        int bodyStart = (int) lines.stream().takeWhile(line -> !line.startsWith("[r:")).count();
        assertThat(decode(benchmark.encode(state))).startsWith(String.join("\n", lines.subList(0, bodyStart)) + "\n")
                .endsWith(String.join("\n", lines.subList(lines.size() - 3, lines.size())) + "\n");
    }

    private static String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int patch = PATCH_SIZE; patch < ids.length; patch += PATCH_SIZE) {
            text.append(PatchCodec.decode(ids, patch, Math.min(patch + PATCH_SIZE, ids.length)));
        }
        return text.toString();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> context(onnx, "257")).isInstanceOf(Fault.class)
                .hasMessageContaining("256 position rows");
        RecordedPatchesState natural = States.withDefaults(new RecordedPatchesState());
        natural.work = "natural";
        assertThatThrownBy(natural::choose).isInstanceOf(Fault.class).hasMessageContaining("two-voices");
        TextState narrow = States.withDefaults(new TextState());
        narrow.patchLength = "8";
        narrow.load();
        assertThatThrownBy(narrow::encode).isInstanceOf(Fault.class).hasMessageContaining("patchLength=8");
        ModelState int4 = States.withDefaults(new ModelState());
        int4.precision = "int4";
        assertThatThrownBy(int4::load).isInstanceOf(Fault.class).hasMessageContaining("int4");
    }
}
