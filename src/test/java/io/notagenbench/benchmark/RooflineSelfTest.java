package io.notagenbench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.notagenbench.benchmark.state.ChainState;
import io.notagenbench.benchmark.state.DeviceBufferState;
import io.notagenbench.benchmark.state.EngineBufferState;
import io.notagenbench.benchmark.state.HeapBufferState;
import io.notagenbench.benchmark.state.MatrixState;
import io.notagenbench.benchmark.state.States;
import io.notagenbench.benchmark.state.VectorState;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearReference;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import io.notagenbench.results.RooflineCounters.Arithmetic;
import io.notagenbench.results.RooflineCounters.Launches;
import io.notagenbench.results.RooflineCounters.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roofline times is what Java computes in double precision, and as much of it as is said. */
class RooflineSelfTest {

    /** By blocks, rows and row: the same for every backend and precision. */
    private static final Map<List<Integer>, double[]> REFERENCES = new HashMap<>();

    private static final int HIDDEN = 1280;
    private static final double EXACT = 1e-12;

    private final Traffic traffic = new Traffic();

    private static HeapBufferState heap(String buffer, String threads) {
        HeapBufferState state = States.withDefaults(new HeapBufferState());
        state.buffer = buffer;
        state.threads = threads;
        state.open();
        return state;
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "4, 2", "7, 3"})
    void javaAddsUpEverySlice(String buffer, String threads) {
        HeapBufferState state = heap(buffer, threads);
        long elements = state.bytes() / 8 / Long.parseLong(threads);

        assertThat(new RooflineBenchmark().javaSum(state, traffic))
                .isEqualTo(Long.parseLong(threads) * elements * (elements - 1) / 2);
        assertThat(traffic.gigabytes).isEqualTo(state.bytes() / 1e9, within(EXACT));
        assertThat(state.bytes()).isBetween((Long.parseLong(buffer) << 20) - 100, Long.parseLong(buffer) << 20);
        state.close();
    }

    @Test
    void javaCopiesTheFirstHalfOverTheSecond() {
        HeapBufferState state = heap("4", "2");
        long elements = state.bytes() / 8 / 2;

        assertThat(new RooflineBenchmark().javaCopy(state, traffic)).isEqualTo(2 * (elements / 2 - 1));
        // both halves hold 0 to elements / 2 - 1 now, in both slices
        assertThat(state.sum()).isEqualTo(4 * (elements / 2) * (elements / 2 - 1) / 2);
        assertThat(traffic.gigabytes).isEqualTo(state.bytes() / 1e9, within(EXACT));
        state.close();
    }

    @ParameterizedTest
    @CsvSource({"pytorch, 3, 1", "pytorch, 16, 2", "onnx, 3, 1", "onnx, 16, 2"})
    void engineAddsUpTheWholeBuffer(String backend, String buffer, String threads) {
        EngineBufferState state = States.withDefaults(new EngineBufferState());
        state.backend = Backend.valueOf(backend);
        state.buffer = buffer;
        state.threads = threads;
        state.open();
        SplittableRandom random = new SplittableRandom(1);
        long bytes = Long.parseLong(buffer) << 20;
        double expected = random.longs(bytes / 4 / 64).mapToInt(bits -> 2 * Long.bitCount(bits) - 64).sum();

        assertThat((double) new RooflineBenchmark().engineSum(state, traffic)).isEqualTo(expected).isNotZero();
        assertThat(traffic.gigabytes).isEqualTo(bytes / 1e9, within(EXACT));
        state.close();
    }

    /** What each half or side holds tells which way it was copied. */
    @Test
    void copiesArriveWhereTheyAreToGo() {
        DeviceBufferState state = States.withDefaults(new DeviceBufferState());
        state.buffer = "4";
        state.open();
        long elements = (4L << 20) / Float.BYTES;
        // setting up left the first and the second half alike on the device, and another filling in main memory
        float doubled = state.sum();
        assertThat(new RooflineBenchmark().deviceCopy(state, traffic)).isIn(-1f, 1f);
        assertThat(state.sum()).isEqualTo(doubled);
        assertThat(new RooflineBenchmark().toDevice(state, traffic)).isIn(-1f, 1f);
        long first = 0;
        SplittableRandom random = new SplittableRandom(1);
        for (long element = 0; element < elements; element += Long.SIZE) {
            first += 2 * Long.bitCount(random.nextLong()) - Long.SIZE;
        }
        assertThat((double) state.sum()).isEqualTo(first).isNotEqualTo(doubled);
        new RooflineBenchmark().deviceCopy(state, traffic);
        float copied = state.sum();
        new RooflineBenchmark().toHost(state, traffic);
        new RooflineBenchmark().deviceCopy(state, traffic);
        new RooflineBenchmark().toDevice(state, traffic);
        assertThat(state.sum()).as("through main memory and back").isEqualTo(copied).isNotEqualTo((float) first);
        assertThat(traffic.gigabytes).isEqualTo(6 * (4L << 20) / 1e9, within(EXACT));
        state.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnx"})
    void everyOperatorOfAChainIsRun(String backend) {
        ChainState state = States.withDefaults(new ChainState());
        state.backend = Backend.valueOf(backend);
        state.open();
        Launches launched = new Launches();

        assertThat(new RooflineBenchmark().engineCall(state, launched)).isEqualTo(1);
        assertThat(launched.operators).isEqualTo(1);
        assertThat(new RooflineBenchmark().launches(state, launched)).isEqualTo(ChainState.LONG);
        assertThat(launched.operators).isEqualTo(1 + ChainState.LONG);
        state.close();
    }

    /** Bytes of the twelve matrices of H x H in a block, and a buffer in MiB which more than one of them fills. */
    @ParameterizedTest
    @CsvSource({
        "pytorch, fp32, 78643200, 80, 1e-5",
        "onnx, fp32, 78643200, 80, 1e-5",
        "pytorch, bf16, 39321600, 60, 0.02",
        "pytorch, int8, 19706880, 30, 0.05", // a scale for each of 9 H outputs
        "onnx, int8, 19706880, 30, 0.05",
        "pytorch, int4, 12595200, 20, 0.3",  // a scale for 32, and half a byte of zero point: whole bytes an output
        "onnx, int4, 10521600, 20, 0.3"     // the same for 128
    })
    void oneRowGoesThroughAllLayers(String backend, String precision, long perBlock, String buffer, double tolerance) {
        assumePossible(backend, precision);
        int blocks = 2;
        VectorState state = States.withDefaults(new VectorState());
        state.backend = Backend.valueOf(backend);
        state.precision = precision;
        state.buffer = buffer;
        state.threads = "1";
        state.open();

        float[] row = new RooflineBenchmark().matrixVector(state, traffic);

        assertClose(row, 0, reference(blocks, 1, 0), input(1, 0), tolerance);
        assertThat(traffic.gigabytes).isEqualTo(blocks * perBlock / 1e9, within(EXACT));
        state.close();
    }

    @ParameterizedTest
    @CsvSource({"pytorch, fp32, 1e-5", "onnx, fp32, 1e-5", "pytorch, bf16, 0.02", "pytorch, int8, 0.05",
        "pytorch, int4, 0.3", "onnx, int8, 0.05", "onnx, int4, 0.3"})
    void manyRowsGoThroughOneBlock(String backend, String precision, double tolerance) {
        assumePossible(backend, precision);
        MatrixState state = States.withDefaults(new MatrixState());
        state.backend = Backend.valueOf(backend);
        state.threads = "1";
        state.precision = precision;
        state.open();
        Arithmetic arithmetic = new Arithmetic();

        float[] rows = new RooflineBenchmark().matrixMatrix(state, arithmetic);

        for (int row : List.of(0, 100, 255)) {
            assertClose(rows, row, reference(1, 256, row), input(256, row), tolerance);
        }
        assertThat(arithmetic.gigaoperations).isEqualTo(2 * 256 * 12.0 * HIDDEN * HIDDEN / 1e9, within(EXACT));
        state.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf16", "fp16"})
    void whatAnEngineCannotDoIsRefused(String precision) {
        VectorState state = States.withDefaults(new VectorState());
        state.backend = Backend.onnx;
        state.precision = precision;
        state.buffer = "1";

        assertThatThrownBy(state::open).isInstanceOf(Fault.class).hasMessageContaining("precision=" + precision);
    }

    @Test
    void aBufferThatIsNotThereIsRefused() {
        EngineBufferState state = States.withDefaults(new EngineBufferState());
        state.buffer = "1048576";
        assertThatThrownBy(state::open).isInstanceOf(Fault.class)
                .hasMessageMatching("buffer=1048576 needs 1048576 MiB, but \\d+ MiB are free on this machine: choose a"
                        + " smaller buffer");
        assertThatThrownBy(() -> heap("1048576", "1024")).isInstanceOf(Fault.class)
                .hasMessageContaining("left of the Java heap");
    }

    private static void assumePossible(String backend, String precision) {
        EngineSettings settings = new EngineSettings(backend, Device.CPU, Precision.of(precision), Decoding.CACHED, 1);
        assumeThat(BackendProvider.of(settings.backend()).refusal(settings)).as("on this processor").isEmpty();
    }

    /** Relative to what the layers added, in the norm of the row. */
    private static void assertClose(float[] rows, int row, double[] expected, double[] input, double tolerance) {
        double[] actual = IntStream.range(0, HIDDEN).mapToDouble(i -> rows[row * HIDDEN + i]).toArray();
        assertThat(distance(actual, expected) / distance(expected, input)).isLessThan(tolerance);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length).mapToDouble(i -> Math.pow(a[i] - b[i], 2)).sum());
    }

    /** The row of the states' input. */
    private static double[] input(int rows, int row) {
        SplittableRandom random = new SplittableRandom(rows);
        double[] values = IntStream.range(0, rows * HIDDEN).mapToDouble(i -> (float) random.nextDouble(-1, 1)).toArray();
        return IntStream.range(0, HIDDEN).mapToDouble(i -> values[row * HIDDEN + i]).toArray();
    }

    private static double[] reference(int blocks, int rows, int row) {
        return REFERENCES.computeIfAbsent(List.of(blocks, rows, row), key -> {
            try (Weights weights = ModelSource.synthetic(new ModelConfig(blocks, 0, HIDDEN, 1))) {
                return LinearReference.forward(weights, input(rows, row));
            }
        });
    }
}
