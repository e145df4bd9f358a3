package io.notagenbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.engine.DecodeCost;
import io.notagenbench.generate.Trace;
import io.notagenbench.results.PieceCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Counts for large in fp32: H = 1280, 20 + 6 blocks of 12 H x H + 13 H values, head of 128 H (notagen.md, section 1). */
class MeasuredStepTest {

    private static final double BLOCK = 4 * (12.0 * 1280 * 1280 + 13 * 1280);
    private static final double PATCH_LEVEL = 20 * BLOCK;
    private static final double CHAR_LEVEL = 6 * BLOCK + 4 * 128 * 1280;
    /** A few vectors of H that a pass also reads: embedding rows, positions, norms. */
    private static final double VECTORS = 4 * 1280 * 60;

    private static Measurement row(String benchmark, double milliseconds, Map<String, List<Double>> counters,
            String... params) {
        Map<String, String> map = new HashMap<>(Map.of("model", "large"));
        for (int i = 0; i < params.length; i += 2) {
            map.put(params[i], params[i + 1]);
        }
        return SingleSample.of(benchmark, map, milliseconds, "ms/op", counters);
    }

    private static DecodeCost cost(String benchmark, String... params) {
        return MeasuredStep.of(row(benchmark, 7, Map.of(), params)).orElseThrow().cost();
    }

    private static Map<String, List<Double>> counters(double prefills, double prefillPatches, Consumer<PieceCounters> more) {
        return Counted.of(PieceCounters.class, counted -> {
            counted.calls = 10;
            counted.contextPatches = 200;
            counted.prefills = prefills;
            counted.prefillPatches = prefillPatches;
            counted.charPasses = 60;
            counted.charRows = 100;
            more.accept(counted);
        });
    }

    @Test
    void aStepIsOnePatchOrTheWholeContextAgain() {
        DecodeCost cached = cost("ForwardPassBenchmark.patchStep", "context", "47", "decoding", "cached");
        DecodeCost recomputed = cost("ForwardPassBenchmark.patchStep", "context", "47", "decoding", "recompute");
        DecodeCost prefill = cost("ForwardPassBenchmark.prefill", "context", "47", "decoding", "cached");
        assertThat(cached.weightBytes()).isEqualTo(PATCH_LEVEL, within(VECTORS));
        // 204,800 bytes a patch of context (notagen.md, section 6)
        assertThat(cached.cacheBytes()).isEqualTo(47 * 204_800);
        assertThat(cached.operations()).isEqualTo(2 * 20 * 12.0 * 1280 * 1280 + 20 * 4 * 1280 * 47);
        assertThat(recomputed.operations()).isEqualTo(47 * 2 * 20 * 12.0 * 1280 * 1280 + 20 * 4 * 1280 * 47 * 48 / 2);
        assertThat(prefill).isEqualTo(recomputed);
    }

    @Test
    void aPatchIsOnePassForEachCharacterThatItsDecodingRuns() {
        double chars = Trace.load("long").patches().stream().mapToInt(ids -> ids.length).average().orElseThrow();
        DecodeCost cached = cost("PatchDecodingBenchmark.decode", "work", "long", "decoding", "cached");
        DecodeCost recomputed = cost("PatchDecodingBenchmark.decode", "work", "long", "decoding", "recompute");
        assertThat(cached.weightBytes() / CHAR_LEVEL).isEqualTo(chars, within(0.6));
        assertThat(recomputed.weightBytes()).isEqualTo(16 * CHAR_LEVEL, within(16 * VECTORS));
        // 1 + 2 + ... + 16 = 136 rows
        assertThat(recomputed.operations() / 136).isEqualTo(2 * (6 * 12.0 * 1280 * 1280 + 128 * 1280), within(1e6));
    }

    @Test
    void aCharacterIsASixteenthOfAFullPatch() {
        DecodeCost cached = cost("ForwardPassBenchmark.charStep", "decoding", "cached");
        assertThat(cached.weightBytes()).isEqualTo(CHAR_LEVEL, within(VECTORS));
        assertThat(cached.operations()).isEqualTo(2 * (6 * 12.0 * 1280 * 1280 + 128 * 1280) + 6 * 4 * 1280 * 8.5);
        DecodeCost recomputed = cost("ForwardPassBenchmark.charStep", "decoding", "recompute");
        assertThat(recomputed.operations() / cached.operations()).isEqualTo(8.5, within(0.01));
    }

    /** Ten patches with one prefill of five patches, 60 char-level passes over 100 rows. */
    @Test
    void aPieceIsItsOwnCounts() {
        Map<String, List<Double>> counters = counters(1, 5, counted -> { });
        MeasuredStep step = MeasuredStep.of(row("FullPieceBenchmark.generate", 400, counters, "decoding", "speculative"))
                .orElseThrow();
        assertThat(step.milliseconds()).isEqualTo(40);
        assertThat(step.cost().weightBytes()).isEqualTo(PATCH_LEVEL + 6 * CHAR_LEVEL, within(8 * VECTORS));
        // 9 steps and 5 patches of the prefill; 10 rows a patch
        double linear = 2 * 12.0 * 1280 * 1280;
        assertThat(step.cost().operations()).isEqualTo(1.4 * 20 * linear + 10 * 6 * linear, within(0.01e9));
        assertThat(step.weights()).isEqualTo(PATCH_LEVEL + CHAR_LEVEL, within(2 * VECTORS));
        MeasuredStep recomputed = MeasuredStep.of(row("FullPieceBenchmark.generate", 400, counters, "decoding", "recompute"))
                .orElseThrow();
        assertThat(recomputed.cost().operations()).isEqualTo(20 * 20 * linear + 10 * 6 * linear, within(0.05e9));
    }

    /** Two prefills, of 5 patches and of 5 behind 10 that were kept, in the mean behind 5: 5 x 5 pairs more each. */
    @Test
    void patchesBeforeAPrefillAreAttendedTo() {
        double without = piece(counters(2, 10, counted -> { }));
        double with = piece(counters(2, 10, counted -> counted.keptPatches = 10));
        assertThat(with - without).isEqualTo(2 * 25 * 20 * 4 * 1280 / 10.0, within(1.0));
    }

    /** One prefill of five patches and six passes, two of which run a draft as well: 13 rows in seven passes. */
    @Test
    void aDraftedPatchThatComesIsAPassLess() {
        DecodeCost cost = MeasuredStep.of(row("FullPieceBenchmark.generate", 400, counters(1, 5, counted -> {
            counted.patchPasses = 7;
            counted.patchRows = 13;
        }), "decoding", "speculative")).orElseThrow().cost();
        assertThat(cost.weightBytes()).isEqualTo(0.7 * PATCH_LEVEL + 6 * CHAR_LEVEL, within(8 * VECTORS));
        double linear = 2 * 12.0 * 1280 * 1280;
        assertThat(cost.operations()).isEqualTo(1.3 * 20 * linear + 10 * 6 * linear, within(0.01e9));
    }

    private static double piece(Map<String, List<Double>> counters) {
        return MeasuredStep.of(row("FullPieceBenchmark.generate", 400, counters, "decoding", "cached")).orElseThrow().cost()
                .operations();
    }

    @Test
    void whatCannotBeCountedHasNoWork() {
        assertThat(MeasuredStep.of(row("SamplingBenchmark.sample", 1, Map.of()))).isEmpty();
        assertThat(MeasuredStep.of(row("FullPieceBenchmark.generate", 1, Map.of()))).isEmpty();
        assertThat(MeasuredStep.of(row("ForwardPassBenchmark.charStep", 1, Map.of(), "model", "gone.pth"))).isEmpty();
        assertThat(MeasuredStep.of(row("PatchDecodingBenchmark.decode", 1, Map.of(), "work", "gone.json"))).isEmpty();
    }
}
