package io.notagenbench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The judged side in the form {@code customSmallerIsBetter} of github-action-benchmark, which keeps a history of its own
 * to compare with. A throughput is written as the time of one operation, so that smaller is better for every entry.
 */
public final class GithubActionBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GithubActionBenchmark() {
    }

    /** An entry for each cell that is OK in B, with the verdict against A as its comment. */
    public static ArrayNode of(Comparison comparison) {
        ArrayNode entries = JSON.createArrayNode();
        for (ComparedCell cell : comparison.cells()) {
            if (cell.b().timing() != null) {
                add(entries, comparison.label(cell), cell.b().timing(), cell.isRanked()
                        ? cell.verdict() + String.format(Locale.ROOT, ", %.3f of the time of %s", cell.ratio(),
                                comparison.a().name())
                        : cell.why());
            }
        }
        comparison.onlyB().stream().filter(RunGroup.Row::isOk).forEach(row ->
                add(entries, row.row().cell().label(), Timing.of(row.measured()), "not in " + comparison.a().name()));
        return entries;
    }

    private static void add(ArrayNode entries, String name, Timing timing, String comment) {
        double value = timing.higherIsBetter() ? 1 / timing.mean() : timing.mean();
        double deviation = Math.sqrt(StatUtils.variance(Arrays.stream(timing.samples().forkMeans())
                .map(mean -> timing.higherIsBetter() ? 1 / mean : mean).toArray()));
        entries.addObject().put("name", name).put("unit", timing.higherIsBetter() ? inverse(timing.unit()) : timing.unit())
                .put("value", value).put("range", timing.forks() > 1 ? "± " + deviation : "one fork")
                .put("extra", timing.forks() + (timing.forks() == 1 ? " fork\n" : " forks\n") + comment);
    }

    /** {@code ms/op} of {@code ops/ms}. */
    private static String inverse(String rate) {
        return rate.startsWith("ops/") ? rate.substring("ops/".length()) + "/op" : "1/(" + rate + ")";
    }
}
