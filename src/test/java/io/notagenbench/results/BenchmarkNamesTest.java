package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkNamesTest {

    private static final String PACKAGE = "io.notagenbench.benchmark.";

    @ParameterizedTest
    @CsvSource({"PieceBenchmark.generate, FullPieceBenchmark.generate", "PatchStepBenchmark.step, ForwardPassBenchmark.patchStep",
        "PrefillBenchmark.prefill, ForwardPassBenchmark.prefill", "CharStepBenchmark.step, ForwardPassBenchmark.charStep",
        "SamplingBenchmark.sample, SamplingBenchmark.sample", "FullPieceBenchmark.generate, FullPieceBenchmark.generate"})
    void anOldNameBecomesThePresentOne(String old, String present) {
        assertThat(BenchmarkNames.current(PACKAGE + old)).isEqualTo(PACKAGE + present);
    }

    @Test
    void aBenchmarkOfAnotherSuiteKeepsItsName() {
        assertThat(BenchmarkNames.current("org.other.PieceBenchmark.generate")).isEqualTo("org.other.PieceBenchmark.generate");
    }
}
