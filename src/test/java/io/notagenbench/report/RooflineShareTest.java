package io.notagenbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.results.RooflineCounters.Arithmetic;
import io.notagenbench.results.RooflineCounters.Launches;
import io.notagenbench.results.RooflineCounters.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RooflineShareTest {

    private static final Measurement MEMORY = limit("engineSum", gigabytes(20.0, 25.0, 22.0), "buffer", "512");
    private static final Measurement SLOWER = limit("javaSum", gigabytes(24.0), "buffer", "512");
    private static final Measurement CACHE = limit("engineSum", gigabytes(100.0), "buffer", "8");
    private static final Measurement ONE_THREAD = limit("engineSum", gigabytes(12.0), "buffer", "512",
            "threads", "1");
    private static final Measurement FP32 = limit("matrixMatrix", gigaoperations(200.0, 190.0));
    private static final Measurement INT8 = limit("matrixMatrix", gigaoperations(600.0), "precision", "int8");
    private static final MachineLimits LIMITS = new MachineLimits(
            List.of(MEMORY, SLOWER, CACHE, ONE_THREAD, FP32, INT8), 2);

    private static Map<String, List<Double>> gigabytes(Double... values) {
        return Counted.each(Traffic.class, (traffic, value) -> traffic.gigabytes = value, List.of(values));
    }

    private static Map<String, List<Double>> gigaoperations(Double... values) {
        return Counted.each(Arithmetic.class, (products, value) -> products.gigaoperations = value, List.of(values));
    }

    private static Map<String, List<Double>> operators(Double... values) {
        return Counted.each(Launches.class, (launches, value) -> launches.operators = value, List.of(values));
    }

    private static Measurement limit(String method, Map<String, List<Double>> counted, String... params) {
        return SingleSample.of("RooflineBenchmark." + method, map(params), 1, "ops/s", counted);
    }

    private static Map<String, String> map(String... params) {
        return params.length == 0 ? Map.of() : params.length == 2 ? Map.of(params[0], params[1])
                : Map.of(params[0], params[1], params[2], params[3]);
    }

    private static Measurement charStep(String model, double milliseconds, String... params) {
        Map<String, String> all = new HashMap<>(Map.of("model", model, "decoding", "cached"));
        all.putAll(map(params));
        return SingleSample.of("ForwardPassBenchmark.charStep", all, milliseconds, "ms/op", Map.of());
    }

    private static RooflineShare share(Measurement row) {
        return RooflineShare.of(row, LIMITS).orElseThrow();
    }

    /** A character of large reads 473 MB: 18.9 ms at 25 GB/s; its 0.236 GFLOP take 1.2 ms at 200 GFLOP/s. */
    @Test
    void aLargeModelIsHeldToTheMemory() {
        RooflineShare share = share(charStep("large", 25));
        assertThat(share.gigabytes()).isEqualTo(25);
        assertThat(share.bandwidthMillis()).isEqualTo(18.9, within(0.1));
        assertThat(share.arithmeticMillis().orElseThrow()).isEqualTo(1.18, within(0.01));
        assertThat(share.ofLimit()).isEqualTo(0.757, within(0.005));
        assertThat(share.reached()).isEqualTo(18.9, within(0.1));
        assertThat(share.boundBy()).isEqualTo("bandwidth");
    }

    @Test
    void aSmallModelIsHeldToTheCaches() {
        assertThat(share(charStep("tiny", 1)).gigabytes()).isEqualTo(100);
        assertThat(share(charStep("tiny", 1)).boundBy()).isEqualTo("calls and small operations");
    }

    @Test
    void whatIsFasterThanTheLimitIsShownAndNotCut() {
        RooflineShare share = share(charStep("large", 10));
        assertThat(share.ofLimit()).isEqualTo(1.89, within(0.01));
        assertThat(share.boundBy()).isEqualTo("bandwidth of the caches");
    }

    @Test
    void manyRowsAreBoundByArithmetic() {
        Measurement prefill = SingleSample.of("ForwardPassBenchmark.prefill", Map.of("model", "large", "context", "512"), 3000, "ms/op", Map.of());
        assertThat(share(prefill).boundBy()).isEqualTo("arithmetic");
        assertThat(share(prefill).ofLimit()).isEqualTo(418 / 200.0 / 3, within(0.01));
    }

    @Test
    void threadsAndPrecisionMustBeThoseOfTheRow() {
        assertThat(share(charStep("large", 25, "threads", "1")).gigabytes()).isEqualTo(12);
        assertThat(share(charStep("large", 25, "threads", "2")).gigabytes()).isEqualTo(25);
        assertThat(RooflineShare.of(charStep("large", 25, "threads", "4"), LIMITS)).isEmpty();
        assertThat(RooflineShare.of(charStep("large", 25, "device", "cuda"), LIMITS)).isEmpty();
        RooflineShare int8 = share(charStep("large", 8, "precision", "int8"));
        assertThat(int8.arithmeticMillis().orElseThrow()).isEqualTo(1.18 / 3, within(0.01));
        assertThat(int8.boundBy()).isEqualTo("bandwidth");
        RooflineShare bf16 = share(charStep("large", 100, "precision", "bf16"));
        assertThat(bf16.arithmeticMillis()).isEmpty();
        assertThat(bf16.boundBy()).isEqualTo("not known");
    }

    @Test
    void theFastestMeansOfASizeIsTheLimit() {
        assertThat(List.of(MEMORY, SLOWER, CACHE, ONE_THREAD, FP32, INT8)).filteredOn(LIMITS::isLimit)
                .containsExactly(MEMORY, CACHE, ONE_THREAD, FP32, INT8);
    }

    /** A character of large is one pass of 6 blocks: one call and 84 operators, or 150 as the original has them. */
    @Test
    void launchesBoundWhatTheyTakeLongestFor() {
        String[] card = {"device", "cuda", "backend", "onnx"};
        MachineLimits limits = new MachineLimits(List.of(limit("engineSum", gigabytes(500.0), "device", "cuda"),
                limit("matrixMatrix", gigaoperations(20_000.0), "device", "cuda"),
                limit("engineCall", operators(4e4, 5e4), card), limit("launches", operators(2e5), card),
                MEMORY, limit("toDevice", gigabytes(9_000.0), "device", "cuda"),
                limit("engineCall", operators(1e3), "device", "cuda", "backend", "pytorch")), 2);
        RooflineShare share = RooflineShare.of(charStep("large", 1, card), limits).orElseThrow();
        assertThat(share.gigabytes()).as("not over the bus, nor of the host").isEqualTo(500);
        assertThat(share.bandwidthMillis()).isEqualTo(0.946, within(0.005));
        assertThat(share.launchMillis().orElseThrow()).isEqualTo(0.020 + 84 * 0.005, within(1e-9));
        assertThat(share.boundBy()).isEqualTo("bandwidth");

        Measurement recompute = SingleSample.of("ForwardPassBenchmark.charStep", Map.of("model", "tiny", "decoding", "recompute", "device", "cuda", "backend", "onnx"), 0.4, "ms/op", Map.of());
        assertThat(RooflineShare.of(recompute, limits).orElseThrow().boundBy()).isEqualTo("launches");
        assertThat(RooflineShare.of(charStep("large", 1, "device", "cuda:1"), limits)).as("another card").isEmpty();
        assertThat(RooflineShare.of(charStep("large", 1, "device", "cuda", "backend", "pytorch"), limits).orElseThrow()
                .launchMillis()).as("its launches were not measured").isEmpty();
    }
}
