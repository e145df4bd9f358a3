package io.notagenbench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.util.ListStatistics;

/**
 * JMH's own results of the cells of a folder, for tools that read what {@code -rf json} writes. A folder keeps JMH's result of
 * each fork; here those of a cell become the one that a single JMH run would have written.
 */
public final class JmhResults {

    private static final double JMH_CONFIDENCE = 0.999;
    private static final String RAW = "rawData";
    private static final String SCORE = "score";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunFolder folder;
    private final Provenance provenance;
    private final Map<RunFolder, List<ForkRow>> forks = new HashMap<>();

    /** @throws Fault if the folder holds no readable run */
    public JmhResults(RunFolder folder) {
        this.folder = folder;
        provenance = Provenance.of(folder);
    }

    /** Those of all cells that are OK, in the order of the plan. */
    public ArrayNode all() {
        ArrayNode all = JSON.createArrayNode();
        folder.rows().stream().filter(row -> row.outcome() == Outcome.OK).sorted(Comparator.comparingInt(CellRow::number))
                .forEach(row -> all.add(of(row)));
        return all;
    }

    /**
     * That of one cell that is OK.
     *
     * @throws Fault (failed) if the folder does not keep it
     */
    public JsonNode of(CellRow row) {
        if (Files.exists(folder.cell(row.number()))) {
            return folder.cellResult(row.number());
        }
        RunFolder place = provenance.place(row);
        int number = row.source() == null ? row.number() : row.source().number();
        List<JsonNode> results = forks.computeIfAbsent(place, JmhResults::ended).stream()
                .filter(fork -> fork.number() == number && row.runs() != null && row.runs().contains(fork.run()))
                .sorted(Comparator.comparingInt(ForkRow::round)).map(ForkRow::result).toList();
        if (results.isEmpty()) {
            throw Fault.failed(place.path() + " does not keep JMH's results of " + row.cell().label() + ": they are in "
                    + RunFolder.FORKS + ", which a copy of the folder has to bring along.");
        }
        return merged(results);
    }

    private static List<ForkRow> ended(RunFolder place) {
        return place.forks().stream().filter(ForkRow.class::isInstance).map(ForkRow.class::cast)
                .filter(fork -> fork.outcome() == Outcome.OK).toList();
    }

    /**
     * JMH's results of single forks as the one result that JMH gives for all of them.
     *
     * @param forks elements of JMH's JSON arrays, one fork each; at least one
     */
    public static JsonNode merged(List<JsonNode> forks) {
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
