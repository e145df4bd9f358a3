package io.notagenbench.results;

import java.util.Map;

/**
 * What benchmarks of older runs are called now. {@link Cell} and {@link CellRow} rename what they are given, so that no reader
 * meets an old name, and a run that began under one goes on under the other.
 */
public final class BenchmarkNames {

    private static final String PACKAGE = "io.notagenbench.benchmark.";

    private static final Map<String, String> NEW = Map.of(
            "PieceBenchmark.generate", "FullPieceBenchmark.generate",
            "PatchStepBenchmark.step", "ForwardPassBenchmark.patchStep",
            "PrefillBenchmark.prefill", "ForwardPassBenchmark.prefill",
            "CharStepBenchmark.step", "ForwardPassBenchmark.charStep");

    private BenchmarkNames() {
    }

    /** The present full name of a method; the same name where it was never called otherwise. */
    public static String current(String benchmark) {
        if (!benchmark.startsWith(PACKAGE)) {
            return benchmark;
        }
        String name = benchmark.substring(PACKAGE.length());
        return PACKAGE + NEW.getOrDefault(name, name);
    }
}
