package io.notagenbench.report;

import io.notagenbench.results.Measured;
import io.notagenbench.statistics.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cell that was measured once. */
final class SingleSample {

    private SingleSample() {
    }

    /** @param counters values of one fork by name */
    static Measurement of(String benchmark, Map<String, String> params, double score, String unit,
            Map<String, List<Double>> counters) {
        Samples samples = new Samples(List.of(List.of(score)));
        Map<String, Measured.Secondary> secondary = new LinkedHashMap<>();
        counters.forEach((name, values) -> secondary.put(name, new Measured.Secondary("#", List.of(values))));
        return new Measurement(benchmark, params,
                new Measured("avgt", unit, samples.forks(), samples.estimate(), samples.trend(), secondary));
    }
}
