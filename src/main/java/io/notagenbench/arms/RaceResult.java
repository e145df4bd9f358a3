package io.notagenbench.arms;

import io.notagenbench.engine.DecodeCost;
import io.notagenbench.params.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * What a race showed.
 *
 * @param model     that all arms ran
 * @param work      name of the trace
 * @param skipped   patches of the piece before the first that was timed, those to warm up not counted
 * @param gigabytes 10<sup>9</sup> bytes a second that main memory gave at most, to the largest number of threads
 * @param loads     seconds to load each model, by the first arm that used it
 * @param rows      every arm in every window with every number of threads
 */
public record RaceResult(String model, String work, int skipped, double gigabytes, Map<String, Double> loads,
        List<Row> rows) {

    /**
     * An arm in a window with so many threads.
     *
     * @param patchLength  context window in patches
     * @param threads      of a model call
     * @param arm          backend, precision and decoding
     * @param milliseconds a patch, the median of the rounds
     * @param fastest      milliseconds a patch of the fastest round
     * @param slowest      milliseconds a patch of the slowest round
     * @param ratio        how many times faster than the first arm with the first number of threads, the median over the rounds
     * @param megabytes    10<sup>6</sup> bytes that a patch had to move
     * @param share        of the memory's limit that it reached, in its median round
     * @param context      mean number of patches in the context
     * @param sameDraws    whether it drew the characters of the first arm; of a reduced precision that is not asked
     * @param exact        whether it has to
     * @param turns        its rounds
     */
    public record Row(int patchLength, int threads, String arm, double milliseconds, double fastest, double slowest, double ratio,
            double megabytes, double share, double context, boolean sameDraws, boolean exact, List<Turn> turns) {
    }

    static RaceResult of(Race race, List<RacingArm> racing, Map<String, Double> loads, double gigabytes) {
        List<Row> rows = new ArrayList<>();
        for (RacingArm arm : racing) {
            RacingArm first = racing.stream().filter(other -> other.lane().window() == arm.lane().window()).findFirst().orElseThrow();
            rows.add(row(arm, first, gigabytes));
        }
        return new RaceResult(race.model(), race.pieces().get(0).trace().orElseThrow().name(), race.skipped(), gigabytes, loads, rows);
    }

    private static Row row(RacingArm racing, RacingArm first, double gigabytes) {
        List<Turn> turns = racing.turns();
        double[] times = turns.stream().mapToDouble(Turn::millisecondsAPatch).toArray();
        double milliseconds = new Median().evaluate(times);
        double[] ratios = IntStream.range(0, times.length)
                .mapToDouble(turn -> first.turns().get(turn).millisecondsAPatch() / times[turn]).toArray();
        DecodeCost cost = turns.stream().map(turn -> turn.cost().times(turn.patches())).reduce(DecodeCost::plus).orElseThrow()
                .times(1.0 / turns.stream().mapToInt(Turn::patches).sum());
        return new Row(racing.lane().window(), racing.threads(), racing.arm().label(), milliseconds, IntStream.range(0, times.length)
                .mapToDouble(turn -> times[turn]).min().orElseThrow(), IntStream.range(0, times.length)
                .mapToDouble(turn -> times[turn]).max().orElseThrow(), new Median().evaluate(ratios), cost.bytes() / 1e6,
                cost.bytes() / 1e6 / milliseconds / gigabytes, turns.stream().mapToDouble(Turn::context).average().orElseThrow(),
                racing.lane().drewAs(first.lane()), racing.arm().precision() == Precision.FP32, List.copyOf(turns));
    }

    /** Whether every exact arm drew the same characters. */
    public boolean passes() {
        return rows.stream().allMatch(row -> row.sameDraws() || !row.exact());
    }
}
