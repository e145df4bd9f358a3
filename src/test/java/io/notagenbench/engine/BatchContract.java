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

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend must do with pieces that are decoded together: a backend's test extends this class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BatchContract {

    private static final ModelConfig CONFIG = new ModelConfig(2, 2, 128, 32);
    private static final int PIECES = 4;
    private static final int PATCHES = 12;
    /** How much context each piece has. */
    private static final int[] LENGTHS = {9, 1, 12, 5};

    private final BackendProvider provider;
    private final Device device;
    private final int[][] texts = new int[PIECES][];
    private final int[][] chars = new int[PIECES][];
    private final double[][][] hidden = new double[PIECES][][];
    private ReferenceForward reference;
    private NotaGenModel model;

    protected BatchContract(String backend) {
        this(backend, Device.CPU);
    }

    /** @param device the CPU, in one or more parts */
    protected BatchContract(String backend, Device device) {
        this.provider = BackendProvider.of(backend);
        this.device = device;
    }

    private EngineSettings settings(Decoding decoding, Precision precision) {
        return new EngineSettings(provider.name(), device, precision, decoding, 2);
    }

    @BeforeAll
    void open() {
        RandomWeights weights = new RandomWeights(CONFIG);
        reference = new ReferenceForward(weights);
        for (int piece = 0; piece < PIECES; piece++) {
            texts[piece] = ids(piece, PATCHES * PATCH_SIZE);
            chars[piece] = ids(100 + piece, PATCH_SIZE);
            hidden[piece] = reference.hiddenStates(texts[piece], PATCHES);
        }
        model = provider.open(settings(Decoding.CACHED, Precision.FP32), weights);
    }

    @AfterAll
    void close() {
        model.close();
    }

    private static int[] ids(long seed, int length) {
        return new Random(seed).ints(length, 0, VOCABULARY).toArray();
    }

    /** All but the newest patch of a piece. */
    private void prefill(BatchSession batch, int slot, int piece, int length) {
        if (length > 1) {
            batch.prefill(slot, texts[piece], 0, 0, length - 1);
        }
    }

    /** One step with the newest patch of each piece, whose hidden states are compared. */
    private void step(BatchSession batch, int[] pieces, int[] lengths) {
        int[] patches = new int[pieces.length * PATCH_SIZE];
        int[] positions = new int[pieces.length];
        for (int row = 0; row < pieces.length; row++) {
            positions[row] = lengths[row] - 1;
            System.arraycopy(texts[pieces[row]], positions[row] * PATCH_SIZE, patches, row * PATCH_SIZE, PATCH_SIZE);
        }
        batch.stepPatches(pieces.length, patches, positions);
        float[] state = new float[CONFIG.hidden()];
        for (int row = 0; row < pieces.length; row++) {
            batch.hiddenState(row, state);
            assertClose(state, 0, hidden[pieces[row]][positions[row]]);
        }
    }

    /** The chars of some pieces from one position to another, whose logits are compared. */
    private void chars(BatchSession batch, int[] pieces, int[] lengths, int from, int to) {
        float[] logits = new float[pieces.length * VOCABULARY];
        int[] newest = new int[pieces.length];
        for (int position = from; position < to; position++) {
            for (int row = 0; row < pieces.length; row++) {
                newest[row] = position == 0 ? 0 : chars[pieces[row]][position - 1];
            }
            batch.stepChars(pieces.length, newest, position, logits);
            for (int row = 0; row < pieces.length; row++) {
                double[][] expected = reference.logits(hidden[pieces[row]][lengths[row] - 1], chars[pieces[row]], PATCH_SIZE);
                assertClose(logits, row * VOCABULARY, expected[position]);
            }
        }
    }

    private static void assertClose(float[] actual, int offset, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[offset + i]).as("element %d", i).isCloseTo(expected[i], within(EngineContract.TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, PIECES})
    void piecesAtPositionsOfTheirOwnEqualTheReference(int rows) {
        try (BatchSession batch = model.newBatch(PIECES, CONFIG.rows())) {
            int[] pieces = new int[rows];
            int[] lengths = new int[rows];
            for (int row = 0; row < rows; row++) {
                pieces[row] = row;
                lengths[row] = LENGTHS[row];
                prefill(batch, row, row, lengths[row]);
            }
            step(batch, pieces, lengths);
            chars(batch, pieces, lengths, 0, PATCH_SIZE);
            for (int row = 0; row < rows; row++) {
                lengths[row] = Math.min(PATCHES, lengths[row] + 1);
            }
            step(batch, pieces, lengths);
            chars(batch, pieces, lengths, 0, PATCH_SIZE);
        }
    }

    @Test
    void piecesAtTheSamePositionEqualTheReference() {
        try (BatchSession batch = model.newBatch(3, PATCHES)) {
            for (int length = 1; length <= PATCHES; length++) {
                step(batch, new int[] {0, 1, 2}, new int[] {length, length, length});
            }
            chars(batch, new int[] {0, 1, 2}, new int[] {PATCHES, PATCHES, PATCHES}, 0, PATCH_SIZE);
        }
    }

    @Test
    void aPieceThatHasEndedItsPatchMakesRoomForAnother() {
        try (BatchSession batch = model.newBatch(PIECES, PATCHES)) {
            for (int piece = 0; piece < PIECES; piece++) {
                prefill(batch, piece, piece, LENGTHS[piece]);
            }
            step(batch, new int[] {0, 1, 2, 3}, LENGTHS);
            chars(batch, new int[] {0, 1, 2, 3}, LENGTHS, 0, 4);
            batch.moveChars(3, 1);
            chars(batch, new int[] {0, 3, 2}, new int[] {9, 5, 12}, 4, 7);
            batch.moveChars(2, 0);
            chars(batch, new int[] {2, 3}, new int[] {12, 5}, 7, PATCH_SIZE);
            step(batch, new int[] {0, 1, 2, 3}, LENGTHS);
        }
    }

    @Test
    void aPieceThatHasEndedMakesRoomForAnother() {
        try (BatchSession batch = model.newBatch(3, PATCHES)) {
            prefill(batch, 0, 0, LENGTHS[0]);
            prefill(batch, 2, 2, LENGTHS[2]);
            batch.movePiece(2, 0);
            step(batch, new int[] {2, 1}, new int[] {12, 1});
            prefill(batch, 1, 3, LENGTHS[3]);
            step(batch, new int[] {2, 3}, new int[] {12, 5});
            chars(batch, new int[] {2, 3}, new int[] {12, 5}, 0, PATCH_SIZE);
        }
    }

    @Test
    void aCutOfOnePieceLeavesTheOthersAlone() {
        try (BatchSession batch = model.newBatch(2, CONFIG.rows())) {
            batch.prefill(0, ids(7, CONFIG.rows() * PATCH_SIZE), 0, 0, CONFIG.rows());
            prefill(batch, 1, 1, PATCHES - 1);
            step(batch, new int[] {0, 1}, new int[] {1, PATCHES - 1});
            prefill(batch, 0, 0, LENGTHS[0]);
            step(batch, new int[] {0, 1}, new int[] {LENGTHS[0], PATCHES});
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyPrecisionOfOnePieceIsThereForSeveral(Precision precision) {
        EngineSettings settings = settings(Decoding.CACHED, precision);
        assumeTrue(provider.refusal(settings).isEmpty(), "not on this backend");
        int[] newest = new int[2 * PATCH_SIZE];
        System.arraycopy(texts[0], (PATCHES - 1) * PATCH_SIZE, newest, 0, PATCH_SIZE);
        System.arraycopy(texts[1], 0, newest, PATCH_SIZE, PATCH_SIZE);
        try (NotaGenModel any = openWhereItIs(settings); BatchSession batch = any.newBatch(2, PATCHES);
                EngineSession alone = any.newSession(PATCHES)) {
            prefill(batch, 0, 0, PATCHES);
            batch.stepPatches(2, newest, new int[] {PATCHES - 1, 0});
            alone.forwardPatches(texts[0], 0, 0, PATCHES);
            assertSame(batch, 0, alone, precision);
            alone.forwardPatches(texts[1], 0, 0, 1);
            assertSame(batch, 1, alone, precision);
        }
    }

    private NotaGenModel openWhereItIs(EngineSettings settings) {
        try {
            return provider.open(settings, new RandomWeights(CONFIG));
        } catch (Fault e) {
            assumeFalse(String.valueOf(e.getCause()).contains("needs the cpu support"), "not on this processor");
            throw e;
        }
    }

    /** Reduced precisions may round otherwise where rows are run together: activations of int8 have one scale a call. */
    private static void assertSame(BatchSession batch, int row, EngineSession alone, Precision precision) {
        float[] actual = new float[CONFIG.hidden()];
        float[] expected = new float[CONFIG.hidden()];
        batch.hiddenState(row, actual);
        alone.hiddenState(expected);
        double tolerance = switch (precision) {
            case FP32 -> EngineContract.TOLERANCE;
            case TF32, BF16, FP16 -> 0.1;
            case INT8 -> 0.5;
            case INT4, MIXED -> 1;
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void takesTheCachesThatArePredicted(int slots) {
        try (BatchSession batch = model.newBatch(slots, 20)) {
            assertThat(batch.slots()).isEqualTo(slots);
            assertThat(batch.cacheBytes())
                    .isEqualTo(MemoryFit.of(CONFIG, Precision.FP32, 20, slots, Device.Kind.CPU).caches());
        }
    }

    @Test
    void whatDecodesOnePieceAtATimeIsRefused() {
        assertThatThrownBy(() -> model.newBatch(0, 8)).isInstanceOf(Fault.class).hasMessageStartingWith("batch=0 is not");
        assertThatThrownBy(() -> model.newBatch(2, 33)).isInstanceOf(Fault.class).hasMessageContaining("1 to 32");
        try (NotaGenModel original = provider.open(settings(Decoding.RECOMPUTE, Precision.FP32), new RandomWeights(CONFIG))) {
            assertThatThrownBy(() -> original.newBatch(2, 8)).isInstanceOf(Fault.class)
                    .hasMessageStartingWith("decoding=recompute decodes one piece at a time");
        }
    }

    @Test
    void callsThatBreakTheContractAreRefused() {
        float[] logits = new float[2 * VOCABULARY];
        int[] none = new int[2];
        try (BatchSession batch = model.newBatch(2, 4)) {
            assertThatIllegalArgumentException().isThrownBy(() -> batch.prefill(2, texts[0], 0, 0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.prefill(0, texts[0], 0, 0, 5));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.prefill(0, texts[0], 0, 1, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.hiddenState(0, new float[CONFIG.hidden()]));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepChars(1, none, 0, logits));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepPatches(3, texts[0], new int[3]));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepPatches(2, texts[0], new int[] {0, 1}));
            batch.stepPatches(2, texts[0], none);
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepChars(2, none, 1, logits));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepChars(2, none, 0, new float[VOCABULARY]));
            batch.stepChars(1, none, 0, logits);
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepChars(2, none, 1, logits));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.stepChars(1, new int[] {VOCABULARY}, 1, logits));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.moveChars(0, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.movePiece(-1, 0));
        }
    }

    @Test
    void aClosedSessionRunsNothing() {
        BatchSession batch = model.newBatch(2, 4);
        batch.stepPatches(1, texts[0], new int[1]);
        batch.close();
        batch.close();
        assertThatIllegalStateException().isThrownBy(() -> batch.stepPatches(1, texts[0], new int[1]));
        assertThatIllegalStateException().isThrownBy(() -> batch.stepChars(1, new int[1], 0, new float[VOCABULARY]));
        assertThatIllegalStateException().isThrownBy(() -> batch.prefill(0, texts[0], 0, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> batch.movePiece(1, 0));
    }
}
