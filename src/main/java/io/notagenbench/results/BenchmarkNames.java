package io.notagenbench.results;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What benchmarks of older runs are called now. {@link Cell} and {@link CellRow} rename what they are given, so that no reader
 * meets an old name, and a run that began under one goes on under the other.
 */
public final class BenchmarkNames {

    private static final String PACKAGE = "io.notagenbench.benchmark.";

    private static final Map<String, String> NEW = new TreeMap<>(Map.of(
            "PieceBenchmark.generate", "FullPieceBenchmark.generate",
            "PatchStepBenchmark.step", "ForwardPassBenchmark.patchStep",
            "PrefillBenchmark.prefill", "ForwardPassBenchmark.prefill",
            "CharStepBenchmark.step", "ForwardPassBenchmark.charStep"));

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

    /**
     * A sentence with the present names of methods that somebody asked for by an old one.
     *
     * @param asked whether an old full name is meant
     * @return the sentence, a blank in front; empty where no old name is meant
     */
    public static String hint(Predicate<String> asked) {
        List<String> present = NEW.entrySet().stream().filter(name -> asked.test(PACKAGE + name.getKey()))
                .map(Map.Entry::getValue).toList();
        return present.isEmpty() ? "" : " It is called " + String.join(" or ", present) + " now.";
    }
}
