package io.notagenbench.arms;

import io.notagenbench.engine.DecodeCost;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a race showed.
 *
 * @param model     that all arms ran
 * @param work      name of the trace
 * @param skipped   patches of the piece before the first that was timed, those to warm up not counted
 * @param gigabytes 10<sup>9</sup> bytes a second that main memory gave at most, to the largest number of threads; 0 on
 *                  a card
 * @param loads     by arm the seconds to load its model, which arms may share
 * @param rows      every arm in every window with every number of threads
 */
public record RaceResult(String model, String work, int skipped, double gigabytes, Map<String, Double> loads,
        List<Row> rows) {

    /**
     * Patches that an arm decoded without a break.
     *
     * @param patches      how many
     * @param context      mean number of patches before each
     * @param milliseconds for all of them
     * @param cost         of a patch: what had to be read and computed for it
     */
    public record Turn(int patches, double context, double milliseconds, DecodeCost cost) {

        double millisecondsAPatch() {
            return milliseconds / patches;
        }
    }

    /**
     * An arm in one window with one number of threads.
     *
     * @param patchLength  context window in patches
     * @param threads      of a model call
     * @param arm          its label
     * @param milliseconds a patch, the median of the rounds
     * @param fastest      milliseconds a patch of the fastest round
     * @param slowest      milliseconds a patch of the slowest round
     * @param ratio        how many times faster than the first arm with the first number of threads, the median over
     *                     the rounds
     * @param megabytes    10<sup>6</sup> bytes that a patch had to move
     * @param share        of the memory's limit that it reached, in its median round; 0 on a card
     * @param context      mean number of patches in the context
     * @param sameDraws    whether it drew the characters of the first arm; an exact arm those of the first exact one
     * @param exact        whether it has to
     * @param turns        one for each round
     */
    public record Row(int patchLength, int threads, String arm, double milliseconds, double fastest, double slowest,
            double ratio, double megabytes, double share, double context, boolean sameDraws, boolean exact,
            List<Turn> turns) {

        /** Returns how the draws compare. */
        public Match match() {
            return Match.of(sameDraws, exact);
        }
    }

    static RaceResult of(Race race, List<RacingArm> racing, Map<String, Double> loads, double gigabytes) {
        List<Row> rows = racing.stream().map(arm -> row(arm, first(racing, arm, other -> true),
                first(racing, arm, other -> other.arm().isExact() || !arm.arm().isExact()), gigabytes)).toList();
        String work = GenerationSettings.of(race.common()).trace().orElseThrow().name();
        return new RaceResult(race.common().text(Parameter.MODEL), work, race.skipped(), gigabytes, loads, rows);
    }

    /** The first arm of a kind with the window of another; that one itself is of the kind. */
    private static RacingArm first(List<RacingArm> racing, RacingArm arm, Predicate<RacingArm> kind) {
        return racing.stream().filter(other -> other.window() == arm.window()).filter(kind).findFirst().orElseThrow();
    }

    /**
     * @param baseline of the times
     * @param drawn    whose characters are compared: an exact arm has to draw those of an exact one
     */
    private static Row row(RacingArm arm, RacingArm baseline, RacingArm drawn, double gigabytes) {
        List<Turn> turns = List.copyOf(arm.turns());
        RoundTimes times = arm.times();
        double megabytes = turns.stream().mapToDouble(turn -> turn.cost().bytes() * turn.patches()).sum()
                / turns.stream().mapToInt(Turn::patches).sum() / 1e6;
        return new Row(arm.window(), arm.threads(), arm.arm().label(), times.median(), times.fastest(), times.slowest(),
                times.ratioTo(baseline.times()), megabytes, gigabytes == 0 ? 0 : megabytes / times.median() / gigabytes,
                turns.stream().mapToDouble(Turn::context).average().orElseThrow(),
                arm.draws().sameAs(drawn.draws()), arm.arm().isExact(), turns);
    }

    /**
     * The exact arm of the same backend and decoding that was as fast as a rounded arm or faster, in the same window with the same
     * number of threads: then that arm helps nobody on this machine. Empty where there is none.
     */
    public Optional<Row> exactInstead(Row rounded) {
        Arm arm = Arm.parse(rounded.arm());
        String twin = new Arm(arm.backend(), Precision.FP32, arm.decoding()).label();
        return rounded.exact() ? Optional.empty() : rows.stream().filter(row -> row.arm().equals(twin)
                && row.patchLength() == rounded.patchLength() && row.threads() == rounded.threads()
                && row.milliseconds() <= rounded.milliseconds()).findFirst();
    }

    /** Whether every exact arm drew the same characters. */
    public boolean passes() {
        return rows.stream().noneMatch(row -> row.match() == Match.WRONG);
    }
}
