package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.checkpoint.ChangedWeights;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.reference.Golden;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend must do, measured against {@link ReferenceForward}: a backend's test extends this class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {

    /** Largest distance of a hidden state or a logit to its value in double precision. */
    protected static final double TOLERANCE = 2e-5;

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 32);
    private static final int PATCHES = 12;
    private static final int[] TEXT = ids(1, PATCHES * PATCH_SIZE);
    private static final int[] CHARS = ids(2, PATCH_SIZE);

    private final BackendProvider provider;
    private final Decoding decoding;
    private final boolean measuresMemory;
    private final Device device;
    private NotaGenModel model;
    private double[][] hidden;
    private double[][] logits;

    protected EngineContract(String backend, Decoding decoding) {
        this(BackendProvider.of(backend), decoding, Device.CPU, true);
    }

    /** @param measuresMemory whether what a model and a session free is measured, which takes longest */
    protected EngineContract(BackendProvider provider, Decoding decoding, boolean measuresMemory) {
        this(provider, decoding, Device.CPU, measuresMemory);
    }

    /** @param device the CPU, in one or more parts */
    protected EngineContract(String backend, Decoding decoding, Device device) {
        this(BackendProvider.of(backend), decoding, device, true);
    }

    private EngineContract(BackendProvider provider, Decoding decoding, Device device, boolean measuresMemory) {
        this.provider = provider;
        this.decoding = decoding;
        this.device = device;
        this.measuresMemory = measuresMemory;
    }

    /** Settings of this backend on the device, in fp32. */
    protected EngineSettings settings(int threads) {
        return new EngineSettings(provider.name(), device, Precision.FP32, decoding, threads);
    }

    protected final BackendProvider provider() {
        return provider;
    }

    private RooflineProbes probes() {
        assumeTrue(provider.probes().isPresent(), "this backend leaves them out");
        return provider.probes().orElseThrow();
    }

    @BeforeAll
    void open() {
        RandomWeights weights = new RandomWeights(CONFIG);
        ReferenceForward reference = new ReferenceForward(weights);
        hidden = reference.hiddenStates(TEXT, PATCHES);
        logits = reference.logits(hidden[PATCHES - 1], CHARS, PATCH_SIZE);
        model = provider.open(settings(1), weights);
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void tellsWhatItIs() {
        assertThat(provider.engineVersion()).matches("\\D+ \\d+(\\.\\d+)+.*");
        assertThat(model.config()).isEqualTo(CONFIG);
        assertThat(model.settings()).isEqualTo(settings(1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 64, 8, 1", "3, 2, 192, 20, 2", "2, 3, 256, 16, 1", "6, 1, 64, 9, 1"})
    void anyModelEqualsTheReference(int patchLayers, int charLayers, int size, int rows, int threads) {
        ModelConfig config = new ModelConfig(patchLayers, charLayers, size, rows);
        RandomWeights weights = new RandomWeights(config);
        ReferenceForward reference = new ReferenceForward(weights);
        double[] expectedHidden = reference.hiddenStates(TEXT, 8)[7];
        double[][] expectedLogits = reference.logits(expectedHidden, CHARS, PATCH_SIZE);
        try (NotaGenModel any = provider.open(settings(threads), weights); EngineSession session = any.newSession(rows)) {
            session.forwardPatches(TEXT, 0, 0, 8);
            assertHidden(session, expectedHidden);
            assertLogits(session, expectedLogits, PATCH_SIZE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2"})
    void linearLayersAloneEqualDoublePrecision(int rows, int threads) {
        assumeFalse(device.isSplit(), "they run on one device");
        RandomWeights weights = new RandomWeights(CONFIG);
        float[] x = new float[rows * CONFIG.hidden()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        float[] y = new float[x.length];
        try (LinearLayers layers = probes().linearLayers(settings(threads), weights)) {
            layers.forward(x, rows, y);
            for (int row = 0; row < rows; row++) {
                int first = row * CONFIG.hidden();
                double[] input = IntStream.range(0, CONFIG.hidden()).mapToDouble(i -> x[first + i]).toArray();
                double[] expected = LinearReference.forward(weights, input);
                for (int i = 0; i < expected.length; i++) {
                    // linear alone: values grow to some tens
                    assertThat((double) y[first + i]).isCloseTo(expected[i], within(1e-3));
                }
            }
        }
    }

    @Test
    void aBufferIsAddedUpFromEndToEnd() {
        assumeFalse(device.isSplit(), "it lies on one device");
        try (ReadBuffer buffer = probes().readBuffer(settings(2), 1_000)) {
            assertThat(buffer.sum()).isZero();
            buffer.write(0, FloatBuffer.wrap(new float[] {9, 1, 2}, 1, 2));
            buffer.write(998, FloatBuffer.wrap(new float[] {40, 500}));
            assertThat(buffer.sum()).isEqualTo(543);
            buffer.write(1, FloatBuffer.wrap(new float[] {-2}));
            assertThat(buffer.sum()).isEqualTo(539);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void aChainRunsEveryOperatorInEveryCall(int operators) {
        assumeFalse(device.isSplit(), "it runs on one device");
        try (OperatorChain chain = probes().operatorChain(settings(1), operators)) {
            assertThat(chain.run()).isEqualTo(operators);
            assertThat(chain.run()).isEqualTo(operators);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"micro.pth", "micro-fp16.pth", "micro-bf16.pth"})
    void aCheckpointEqualsTheOriginal(String file) throws IOException {
        Path checkpoint = Path.of("src/test/resources/reference", file);
        try (Weights weights = ModelSource.open(checkpoint.toString());
                NotaGenModel micro = provider.open(settings(2), weights);
                EngineSession session = micro.newSession(micro.config().rows())) {
            Golden golden = file.equals("micro.pth") ? Golden.micro() : Golden.micro().computedWith(weights);
            for (int patch = 0; patch < golden.count(); patch++) {
                session.forwardPatches(golden.patches(), patch * PATCH_SIZE, patch, 1);
                assertHidden(session, golden.hidden()[patch]);
            }
            assertLogits(session, golden.chars(), golden.logits(), PATCH_SIZE);
            session.forwardPatches(golden.patches(), 0, 0, golden.count());
            assertLogits(session, golden.chars(), golden.logits(), 1);
        }
    }

    @Test
    void theTrainedCheckpointEqualsTheReference() {
        try (Weights weights = ModelSource.open(ModelSource.TINY);
                NotaGenModel tiny = provider.open(settings(2), weights);
                EngineSession session = tiny.newSession(64)) {
            Golden expected = Golden.micro().computedWith(weights);
            session.forwardPatches(expected.patches(), 0, 0, expected.count());
            assertHidden(session, expected.hidden()[expected.count() - 1]);
            assertLogits(session, expected.chars(), expected.logits(), PATCH_SIZE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, PATCHES})
    void patchesRunInChunksOrAtOnce(int chunk) {
        try (EngineSession session = model.newSession(PATCHES)) {
            for (int from = 0; from < PATCHES; from += chunk) {
                int count = Math.min(chunk, PATCHES - from);
                session.forwardPatches(TEXT, from * PATCH_SIZE, from, count);
                assertHidden(session, hidden[from + count - 1]);
            }
            assertLogits(session, logits, PATCH_SIZE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, PATCH_SIZE})
    void charsRunInChunksOrAtOnce(int chunk) {
        try (EngineSession session = model.newSession(CONFIG.rows())) {
            session.forwardPatches(TEXT, 0, 0, PATCHES);
            for (int repeat = 0; repeat < 2; repeat++) {
                assertLogits(session, logits, chunk);
            }
            assertHidden(session, hidden[PATCHES - 1]);
        }
    }

    @Test
    void aPatchInOneCallIsThatOfItsSteps() {
        assumeTrue(decoding == Decoding.FUSED, "other models decode no whole patch");
        Random random = new Random(5);
        try (NotaGenModel pairs = provider.open(settings(1), new PairedWeights(new RandomWeights(CONFIG)));
                EngineSession plain = model.newSession(PATCHES);
                EngineSession tied = pairs.newSession(PATCHES)) {
            plain.forwardPatches(TEXT, 0, 0, PATCHES);
            tied.forwardPatches(TEXT, 0, 0, PATCHES);
            for (int topK : new int[] {-1, 0, 1, 2, 3, 9, 15, 100, 127, 128, 500}) {
                for (double topP : new double[] {0, 1e-9, 0.3, 0.9, 0.999, 1, 2}) {
                    for (double temperature : new double[] {1e-300, 1e-5, 0.1, 0.7, 1, 1.2, 3, 100}) {
                        SamplerSettings sampling = new SamplerSettings(topK, topP, temperature);
                        int chosen = random.nextInt(4) == 0 ? random.nextInt(PATCH_SIZE) : 0;
                        PatchDraws draws = new PatchDraws(sampling, random.doubles(PATCH_SIZE).toArray(),
                                random.ints(PATCH_SIZE, 0, VOCABULARY)
                                        .map(id -> random.nextBoolean() ? PatchDraws.NONE : id).toArray());
                        assertDecodes(plain, chosen, draws);
                        assertDecodes(tied, chosen, draws);
                    }
                }
            }
        }
    }

    /** One call draws what the steps and a sampler of double precision draw, and stops where they do. */
    private static void assertDecodes(EngineSession session, int chosen, PatchDraws draws) {
        int[] drawn = new int[PATCH_SIZE];
        int decided = session.decodePatch(CHARS, chosen, draws, drawn);
        Sampler sampler = new Sampler(draws.settings());
        int[] patch = CHARS.clone();
        float[] rows = new float[PATCH_SIZE * VOCABULARY];
        int slot = chosen;
        session.forwardChars(patch, 0, chosen + 1, rows);
        int newest = chosen;
        while (true) {
            int expected = sampler.sample(rows, newest * VOCABULARY, draws.uniforms()[slot]);
            assertThat(drawn[slot]).as("%s, slot %d behind %d", draws.settings(), slot, chosen).isEqualTo(expected);
            patch[slot] = draws.decided(slot, expected);
            slot++;
            if (patch[slot - 1] == ModelConfig.EOS || slot == PATCH_SIZE) {
                break;
            }
            session.forwardChars(patch, slot, 1, rows);
            newest = 0;
        }
        assertThat(decided).isEqualTo(slot);
    }

    /** Each even id has the embedding of the odd one behind it, and so its logit: all draws are between ties. */
    private record PairedWeights(Weights weights) implements ChangedWeights {

        @Override
        public void read(TensorSpec tensor, FloatBuffer into) {
            int start = into.position();
            weights.read(tensor, into);
            if (tensor.name().equals(TensorSpec.CHAR_EMBEDDING)) {
                int hidden = config().hidden();
                for (int i = 0; i < VOCABULARY * hidden; i++) {
                    int pair = i / hidden / 2 * 2 + 1;
                    into.put(start + i, into.get(start + pair * hidden + i % hidden));
                }
            }
        }
    }

    @Test
    void aPatchInOneCallLeavesTheSessionAsItWas() {
        assumeTrue(decoding == Decoding.FUSED, "other models decode no whole patch");
        try (EngineSession session = model.newSession(PATCHES)) {
            session.forwardPatches(TEXT, 0, 0, PATCHES);
            session.decodePatch(CHARS, 3, draws(), new int[PATCH_SIZE]);
            assertHidden(session, hidden[PATCHES - 1]);
            assertThatIllegalArgumentException().as("no character is cached")
                    .isThrownBy(() -> session.forwardChars(CHARS, 1, 1, new float[VOCABULARY]));
            assertLogits(session, logits, 5);
        }
    }

    @Test
    void patchesThatCannotBeDecodedAreRefused() {
        try (EngineSession session = model.newSession(4)) {
            int[] room = new int[PATCH_SIZE];
            assertThatIllegalStateException().isThrownBy(() -> session.decodePatch(CHARS, 0, draws(), room));
            session.forwardPatches(TEXT, 0, 0, 4);
            if (decoding != Decoding.FUSED) {
                assertThatIllegalStateException().isThrownBy(() -> session.decodePatch(CHARS, 0, draws(), room))
                        .withMessageContaining("opened for " + decoding.label());
                return;
            }
            assertThatIllegalArgumentException().isThrownBy(() -> session.decodePatch(CHARS, -1, draws(), room));
            assertThatIllegalArgumentException().isThrownBy(() -> session.decodePatch(CHARS, PATCH_SIZE, draws(), room));
            assertThatIllegalArgumentException().isThrownBy(() -> session.decodePatch(CHARS, 0, draws(), new int[1]));
            int[] notAscii = CHARS.clone();
            notAscii[1] = -1;
            assertThatIllegalArgumentException().isThrownBy(() -> session.decodePatch(notAscii, 2, draws(), room));
            PatchDraws foreign = draws();
            foreign.given()[9] = VOCABULARY;
            assertThatIllegalArgumentException().isThrownBy(() -> session.decodePatch(CHARS, 0, foreign, room));
            PatchDraws one = draws();
            one.uniforms()[9] = 1;
            assertThatIllegalArgumentException().isThrownBy(() -> session.decodePatch(CHARS, 0, one, room));
            assertThat(session.decodePatch(CHARS, 10, one, room)).as("only free slots need numbers").isBetween(11, PATCH_SIZE);
            assertHidden(session, hidden[3]);
        }
        assertThatIllegalArgumentException().isThrownBy(
                () -> new PatchDraws(new SamplerSettings(9, 0.9, 1), new double[3], new int[PATCH_SIZE]));
    }

    private static PatchDraws draws() {
        int[] none = new int[PATCH_SIZE];
        Arrays.fill(none, PatchDraws.NONE);
        return new PatchDraws(new SamplerSettings(9, 0.9, 1.2), new double[PATCH_SIZE], none);
    }

    @Test
    void aPrefixOfTheCacheCanBeKept() {
        try (EngineSession session = model.newSession(CONFIG.rows())) {
            session.forwardPatches(ids(7, PATCHES * PATCH_SIZE), 0, 0, PATCHES);
            session.forwardPatches(TEXT, 0, 0, PATCHES - 2);
            session.forwardPatches(ids(8, PATCH_SIZE), 0, PATCHES - 2, 1);
            session.forwardPatches(TEXT, (PATCHES - 2) * PATCH_SIZE, PATCHES - 2, 2);
            assertHidden(session, hidden[PATCHES - 1]);
        }
    }

    @Test
    void theCharLevelStartsFromAnyPatchOfTheNewestCall() {
        try (EngineSession session = model.newSession(PATCHES)) {
            int first = PATCHES - 4;
            session.forwardPatches(TEXT, 0, 0, first);
            session.forwardPatches(TEXT, first * PATCH_SIZE, first, 4);
            for (int patch : new int[] {first, PATCHES - 2, first + 1, PATCHES - 1}) {
                session.startFrom(patch);
                assertHidden(session, hidden[patch]);
            }
            assertLogits(session, logits, 3);
            session.startFrom(PATCHES - 1);
            assertThatIllegalArgumentException().as("no character is cached")
                    .isThrownBy(() -> session.forwardChars(CHARS, 1, 1, new float[VOCABULARY]));
            assertThatIllegalArgumentException().isThrownBy(() -> session.startFrom(first - 1))
                    .withMessageContaining("ran patches " + first + " to " + (PATCHES - 1));
            assertThatIllegalArgumentException().isThrownBy(() -> session.startFrom(PATCHES));
        }
    }

    /** Two drafts behind a patch, the second of them wrong: what it wrote is written again. */
    @Test
    void aDraftedPatchThatIsWrongLeavesNothing() {
        try (EngineSession session = model.newSession(PATCHES)) {
            int newest = PATCHES - 4;
            session.forwardPatches(TEXT, 0, 0, newest);
            int[] rows = Arrays.copyOfRange(TEXT, newest * PATCH_SIZE, (newest + 3) * PATCH_SIZE);
            Arrays.fill(rows, 2 * PATCH_SIZE, rows.length, 'x');
            session.forwardPatches(rows, 0, newest, 3);
            session.startFrom(newest);
            session.forwardChars(CHARS, 0, 3, new float[3 * VOCABULARY]);
            assertHidden(session, hidden[newest]);
            session.startFrom(newest + 1);
            assertHidden(session, hidden[newest + 1]);
            session.forwardPatches(TEXT, (newest + 2) * PATCH_SIZE, newest + 2, 2);
            assertHidden(session, hidden[PATCHES - 1]);
            assertLogits(session, logits, 1);
        }
    }

    @Test
    void whatACutLeavesInTheCacheIsNotSeen() {
        try (EngineSession session = model.newSession(CONFIG.rows())) {
            session.forwardPatches(ids(9, CONFIG.rows() * PATCH_SIZE), 0, 0, CONFIG.rows());
            session.forwardChars(ids(10, PATCH_SIZE), 0, PATCH_SIZE, new float[PATCH_SIZE * VOCABULARY]);
            session.forwardPatches(TEXT, 0, 0, 3);
            assertHidden(session, hidden[2]);
            session.forwardPatches(TEXT, 3 * PATCH_SIZE, 3, PATCHES - 3);
            assertHidden(session, hidden[PATCHES - 1]);
            assertLogits(session, logits, 1);
        }
    }

    @Test
    void sessionsOfOneModelDoNotSeeEachOther() {
        try (EngineSession one = model.newSession(PATCHES); EngineSession other = model.newSession(CONFIG.rows())) {
            one.forwardPatches(TEXT, 0, 0, PATCHES - 1);
            other.forwardPatches(ids(11, CONFIG.rows() * PATCH_SIZE), 0, 0, CONFIG.rows());
            one.forwardPatches(TEXT, (PATCHES - 1) * PATCH_SIZE, PATCHES - 1, 1);
            other.forwardChars(ids(12, PATCH_SIZE), 0, PATCH_SIZE, new float[PATCH_SIZE * VOCABULARY]);
            assertHidden(one, hidden[PATCHES - 1]);
            assertLogits(one, logits, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 33})
    void aWindowThatTheModelHasNoPositionsForIsRefused(int window) {
        assertThatThrownBy(() -> model.newSession(window)).isInstanceOf(Fault.class)
                .hasMessageContaining("A context window of " + window + " patches").hasMessageContaining("1 to 32");
    }

    @Test
    void callsThatBreakTheContractAreRefused() {
        try (EngineSession session = model.newSession(4)) {
            float[] room = new float[PATCH_SIZE * VOCABULARY];
            assertThatIllegalStateException().isThrownBy(() -> session.hiddenState(new float[CONFIG.hidden()]));
            assertThatIllegalStateException().isThrownBy(() -> session.startFrom(0));
            assertThatIllegalStateException().isThrownBy(() -> session.forwardChars(CHARS, 0, 1, room));
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardPatches(TEXT, 0, 0, 5));
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardPatches(TEXT, 0, 1, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardPatches(TEXT, 0, 0, 0));
            int[] notAscii = TEXT.clone();
            notAscii[3] = VOCABULARY;
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardPatches(notAscii, 0, 0, 1));
            session.forwardPatches(TEXT, 0, 0, 4);
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardPatches(TEXT, 0, 4, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardChars(CHARS, 1, 1, room));
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardChars(CHARS, 0, PATCH_SIZE + 1, room));
            assertThatIllegalArgumentException().isThrownBy(() -> session.forwardChars(CHARS, 0, 2, new float[VOCABULARY]));
            assertHidden(session, hidden[3]);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, mode = EnumSource.Mode.EXCLUDE, names = "FP32")
    void aReducedPrecisionIsRefusedOrComputesNearlyTheSame(Precision precision) {
        EngineSettings reduced = new EngineSettings(provider.name(), device, precision, decoding, 1);
        if (provider.refusal(reduced).isPresent()) {
            assertRefused(reduced, "precision=" + precision.label(), "fp32");
            return;
        }
        double tolerance = precision == Precision.BF16 ? 0.05 : precision == Precision.INT4 || precision == Precision.MIXED ? 0.4 : 0.2;
        try (NotaGenModel narrow = provider.open(reduced, new RandomWeights(CONFIG));
                EngineSession session = narrow.newSession(PATCHES)) {
            session.forwardPatches(TEXT, 0, 0, PATCHES);
            float[] state = new float[CONFIG.hidden()];
            session.hiddenState(state);
            float[] rows = new float[PATCH_SIZE * VOCABULARY];
            session.forwardChars(CHARS, 0, PATCH_SIZE, rows);
            double error = 0;
            for (int i = 0; i < state.length; i++) {
                assertThat((double) state[i]).isCloseTo(hidden[PATCHES - 1][i], within(tolerance));
                error = Math.max(error, Math.abs(state[i] - hidden[PATCHES - 1][i]));
            }
            for (int i = 0; i < rows.length; i++) {
                assertThat((double) rows[i]).isCloseTo(logits[i / VOCABULARY][i % VOCABULARY], within(10 * tolerance));
            }
            assertThat(error).as("it is another precision, not fp32 under its name").isGreaterThan(1e-4);
        }
    }

    @Test
    void aDeviceThatIsNotHereIsNamedWithTheFix() {
        EngineSettings settings = new EngineSettings(provider.name(), Device.of("cuda:99"), Precision.FP32, decoding, 1);
        assertThat(provider.refusal(settings)).isEmpty();
        assertThatThrownBy(() -> provider.open(settings, new RandomWeights(CONFIG))).isInstanceOf(Fault.class)
                .hasMessageContaining("device=cuda:99").hasMessageEndingWith("choose device=cpu.")
                .extracting(fault -> ((Fault) fault).exitCode()).isEqualTo(Fault.FAILED);
    }

    private void assertRefused(EngineSettings settings, String asked, String choice) {
        String reason = provider.refusal(settings).orElseThrow();
        assertThat(reason).contains(asked, choice).endsWith(".");
        assertThatThrownBy(() -> provider.open(settings, new RandomWeights(CONFIG))).isInstanceOf(Fault.class).hasMessage(reason);
        assertThat(provider.refusal(settings(2))).isEmpty();
    }

    @Test
    void aClosedModelHasNoSessions() {
        NotaGenModel any = provider.open(settings(1), new RandomWeights(CONFIG));
        any.close();
        any.close();
        assertThatIllegalStateException().isThrownBy(() -> any.newSession(1)).withMessageContaining("closed");
    }

    @Test
    void aClosedSessionRunsNothing() {
        EngineSession session = model.newSession(4);
        session.forwardPatches(TEXT, 0, 0, 4);
        session.close();
        session.close();
        assertThatIllegalStateException().isThrownBy(() -> session.forwardPatches(TEXT, 0, 0, 1)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> session.hiddenState(new float[CONFIG.hidden()]));
        assertThatIllegalStateException().isThrownBy(() -> session.forwardChars(CHARS, 0, 1, new float[VOCABULARY]));
        assertThatIllegalStateException().isThrownBy(() -> session.startFrom(3));
    }

    @Test
    void closingAModelFreesItsWeights() throws IOException {
        RandomWeights weights = new RandomWeights(new ModelConfig(2, 1, 512, 128));
        long bytes = weights.config().parameters() * Float.BYTES;
        assertThat(growth(20, () -> openRunClose(weights))).as("20 models of %d bytes", bytes).isLessThan(10 * bytes);
    }

    @Test
    void closingASessionFreesItsCaches() throws IOException {
        ModelConfig config = new ModelConfig(8, 1, 64, 1024);
        long bytes = 2L * config.patchLayers() * config.rows() * config.hidden() * Float.BYTES;
        int[] text = ids(14, config.rows() * PATCH_SIZE);
        try (NotaGenModel any = provider.open(settings(1), new RandomWeights(config))) {
            long growth = growth(40, () -> {
                try (EngineSession session = any.newSession(config.rows())) {
                    session.forwardPatches(text, 0, 0, config.rows());
                }
            });
            assertThat(growth).as("40 sessions of %d bytes", bytes).isLessThan(20 * bytes);
        }
    }

    /** By how much the resident memory grows over a number of runs, after some that are not counted. */
    private long growth(int runs, Runnable run) throws IOException {
        assumeTrue(measuresMemory, "the memory of these graphs is that of others");
        assumeTrue(Files.isReadable(Path.of("/proc/self/statm")), "resident memory is read from /proc");
        for (int i = 0; i < 3; i++) {
            run.run();
        }
        long before = residentBytes();
        for (int i = 0; i < runs; i++) {
            run.run();
        }
        return residentBytes() - before;
    }

    private void openRunClose(RandomWeights weights) {
        try (NotaGenModel any = provider.open(settings(1), weights); EngineSession session = any.newSession(128)) {
            session.forwardPatches(ids(13, 128 * PATCH_SIZE), 0, 0, 128);
            session.forwardChars(CHARS, 0, PATCH_SIZE, new float[PATCH_SIZE * VOCABULARY]);
        }
    }

    private static long residentBytes() throws IOException {
        long pages = Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
        return pages * 4096;
    }

    /** The hidden state of the newest patch is the expected one. */
    protected static void assertHidden(EngineSession session, double[] expected) {
        float[] actual = new float[expected.length];
        session.hiddenState(actual);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("hidden state, element %d", i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }

    /** The logits of {@link #CHARS} are the expected ones, run in chunks. */
    private static void assertLogits(EngineSession session, double[][] expected, int chunk) {
        assertLogits(session, CHARS, expected, chunk);
    }

    /** The logits of some characters, one more than there are rows expected at most, run in chunks. */
    protected static void assertLogits(EngineSession session, int[] chars, double[][] expected, int chunk) {
        for (int from = 0; from < expected.length; from += chunk) {
            int count = Math.min(chunk, expected.length - from);
            float[] actual = new float[count * VOCABULARY];
            session.forwardChars(chars, from, count, actual);
            for (int i = 0; i < actual.length; i++) {
                int position = from + i / VOCABULARY;
                assertThat((double) actual[i]).as("logit %d of position %d", i % VOCABULARY, position)
                        .isCloseTo(expected[position][i % VOCABULARY], within(TOLERANCE));
            }
        }
    }

    private static int[] ids(long seed, int length) {
        return new Random(seed).ints(length, 0, VOCABULARY).toArray();
    }
}
