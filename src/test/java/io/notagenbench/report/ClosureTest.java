package io.notagenbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.results.PieceCounters;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClosureTest {

    private static final Offset<Double> EXACT = within(1e-9);
    /** 10 calls with 20 patches of context in the mean, two of them prefills of 15. */
    private static final StageCounts WORK = new StageCounts(10, 200, 2, 30, 8);

    private static ContextCurve curve(double... points) {
        ContextCurve curve = new ContextCurve();
        for (int i = 0; i < points.length; i += 2) {
            curve.add(points[i], points[i + 1]);
        }
        return curve;
    }

    @Test
    void recomputationIsAStepOfTheMeanContextAndAPatchForEachCall() {
        Closure closure = Closure.recompute(WORK, curve(10, 2, 30, 6), OptionalDouble.of(3)).orElseThrow();
        assertThat(closure.patchLevel()).isEqualTo(10 * 4, EXACT);
        assertThat(closure.charLevel()).isEqualTo(10 * 3, EXACT);
        assertThat(closure.percent(100)).isEqualTo(70, EXACT);
    }

    @Test
    void withCachesANewContextIsAPrefill() {
        Closure closure = Closure.cached(WORK, curve(10, 2, 30, 6), curve(10, 0.5, 20, 0.7), OptionalDouble.of(3))
                .orElseThrow();
        assertThat(closure.patchLevel()).isEqualTo(8 * 4 + 30 * 0.6, EXACT);
        assertThat(closure.predicted()).isEqualTo(50 + 30, EXACT);
    }

    @Test
    void aStageThatWasNotMeasuredLeavesNoClosure() {
        assertThat(Closure.recompute(WORK, curve(), OptionalDouble.of(3))).isEmpty();
        assertThat(Closure.cached(WORK, curve(1, 1), curve(), OptionalDouble.of(3))).isEmpty();
        assertThat(Closure.cached(WORK, curve(1, 1), curve(1, 1), OptionalDouble.empty())).isEmpty();
    }

    @Test
    void betweenAndBeyondMeasuredContextsTheLinesGoOn() {
        ContextCurve curve = curve(10, 1, 20, 3, 40, 4);
        assertThat(curve.at(10)).hasValue(1);
        assertThat(curve.at(15)).hasValue(2);
        assertThat(curve.at(30)).hasValue(3.5);
        assertThat(curve.at(40)).hasValue(4);
        assertThat(curve.at(60)).hasValue(5);
        assertThat(curve.at(5)).hasValue(0);
        assertThat(curve(48, 7).at(9)).hasValue(7);
    }

    @Test
    void aPieceTakesTheStagesOfItsOwnSettings() {
        Map<String, List<Double>> counters = Counted.each(PieceCounters.class, (counted, calls) -> {
            counted.calls = calls;
            counted.contextPatches = 200;
            counted.prefills = 2;
            counted.prefillPatches = 30;
        }, List.of(8.0, 12.0));
        Measurement piece = SingleSample.of("FullPieceBenchmark.generate", Map.of("backend", "onnx", "decoding", "recompute", "work", "long"), 0.2, "s/op", counters);
        Measurements measurements = new Measurements(List.of(piece,
                stage("ForwardPassBenchmark.patchStep", 4, Map.of("backend", "onnx", "decoding", "recompute", "context", "20")),
                stage("ForwardPassBenchmark.patchStep", 9, Map.of("backend", "pytorch", "decoding", "recompute", "context", "9")),
                stage("PatchDecodingBenchmark.decode", 90,
                        Map.of("backend", "onnx", "decoding", "recompute", "work", "two-voices")),
                stage("PatchDecodingBenchmark.decode", 3,
                        Map.of("backend", "onnx", "decoding", "recompute", "work", "long"))));
        assertThat(measurements.closure(piece).orElseThrow().percent(piece.milliseconds())).isEqualTo(35, EXACT);
        assertThat(measurements.baseline(piece)).contains(piece);
    }

    private static Measurement stage(String benchmark, double milliseconds, Map<String, String> params) {
        return SingleSample.of(benchmark, params, milliseconds, "ms/op", Map.of());
    }
}
