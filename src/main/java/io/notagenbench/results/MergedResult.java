package io.notagenbench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.util.ListStatistics;

/** JMH's results of single forks as the one result that JMH gives for all of them. */
public final class MergedResult {

    private static final double JMH_CONFIDENCE = 0.999;
    private static final String RAW = "rawData";
    private static final String SCORE = "score";

    private MergedResult() {
    }

    /**
     * @param forks elements of JMH's JSON arrays, one fork each; at least one
     */
    public static JsonNode of(List<JsonNode> forks) {
        if (forks.size() == 1) {
            return forks.get(0);
        }
        ObjectNode merged = forks.get(0).deepCopy();
        merged.put("forks", forks.size());
        merge(merged.withObjectProperty("primaryMetric"), forks.stream().map(fork -> fork.path("primaryMetric")).toList());
        ObjectNode secondary = merged.withObjectProperty("secondaryMetrics");
        secondary.fieldNames().forEachRemaining(name -> merge(secondary.withObjectProperty(name),
                forks.stream().map(fork -> fork.path("secondaryMetrics").path(name)).filter(JsonNode::isObject).toList()));
        return merged;
    }

    private static void merge(ObjectNode into, List<JsonNode> metrics) {
        ArrayNode raw = into.putArray(RAW);
        metrics.forEach(metric -> metric.path(RAW).forEach(raw::add));
        ListStatistics all = statistics(raw);
        double score = aggregate(metrics).applyAsDouble(all);
        double error = all.getMeanErrorAt(JMH_CONFIDENCE);
        into.put(SCORE, score);
        into.put("scoreError", error);
        into.putArray("scoreConfidence").add(score - error).add(score + error);
        ObjectNode percentiles = into.withObjectProperty("scorePercentiles");
        percentiles.fieldNames().forEachRemaining(rank -> percentiles.put(rank, all.getPercentile(Double.parseDouble(rank))));
    }

    /** JMH adds counters up and takes the largest of peaks, and does not say which in its result. */
    private static ToDoubleFunction<ListStatistics> aggregate(List<JsonNode> metrics) {
        if (metrics.get(0).path("scoreUnit").asText().equals("#")) {
            return ListStatistics::getSum;
        }
        boolean peaks = metrics.stream().anyMatch(metric -> metric.path(RAW).path(0).size() > 1)
                && metrics.stream().allMatch(metric -> metric.path(SCORE).asDouble() == fork(metric).getMax());
        return peaks ? ListStatistics::getMax : ListStatistics::getMean;
    }

    private static ListStatistics fork(JsonNode metric) {
        return statistics(metric.path(RAW));
    }

    private static ListStatistics statistics(JsonNode raw) {
        ListStatistics statistics = new ListStatistics();
        raw.forEach(fork -> fork.forEach(sample -> statistics.addValue(sample.asDouble(Double.NaN))));
        return statistics;
    }
}
