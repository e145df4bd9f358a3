package io.notagenbench.arms;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.notagenbench.arms.original.Original;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a race against the original showed: all pieces that were written.
 *
 * @param model       name of the model
 * @param modelHash   SHA-256 of its weights
 * @param parameters  values of the parameters that both sides share
 * @param threads     on both sides
 * @param versions    of the original's Python and packages
 * @param loadSeconds by arm: to start the engine and load the model
 * @param runs        in the order in which they were made
 */
public record OriginalResult(String model, String modelHash, Map<String, String> parameters, int threads,
        Map<String, String> versions, Map<String, Double> loadSeconds, List<OriginalRun> runs) {

    private static final int QUOTED = 24;

    /**
     * One line of the table.
     *
     * @param arm         its label
     * @param sameText    whether every run wrote the original's text
     * @param mustBeSame  whether it has to
     * @param seconds     median
     * @param msPerPatch  median
     * @param fastest     milliseconds a patch of its fastest run
     * @param slowest     of its slowest
     * @param ratio       median over the rounds of the original's seconds over the arm's
     * @param loadSeconds to start the engine and load the model
     */
    public record Row(String arm, boolean sameText, boolean mustBeSame, double seconds, double msPerPatch,
            double fastest, double slowest, double ratio, double loadSeconds) {

        /** Returns how the text compares with the original's. */
        public Match match() {
            return Match.of(sameText, mustBeSame);
        }
    }

    /** A line for the original and for each arm, in the order in which they were asked for. */
    @JsonProperty
    public List<Row> rows() {
        return loadSeconds.keySet().stream().map(this::row).toList();
    }

    private Row row(String arm) {
        RoundTimes patch = new RoundTimes(of(arm).stream().map(OriginalRun::msPerPatch).toList());
        RoundTimes seconds = seconds(arm);
        boolean same = of(arm).stream().allMatch(run -> run.text().equals(text()));
        boolean exact = arm.equals(Original.LABEL) || Arm.parse(arm).isExact();
        return new Row(arm, same, exact, seconds.median(), patch.median(), patch.fastest(), patch.slowest(),
                seconds.ratioTo(seconds(Original.LABEL)), loadSeconds.get(arm));
    }

    private RoundTimes seconds(String arm) {
        return new RoundTimes(of(arm).stream().map(OriginalRun::seconds).toList());
    }

    /** Returns the runs of an arm in the order of the rounds. */
    private List<OriginalRun> of(String arm) {
        return runs.stream().filter(run -> run.arm().equals(arm)).toList();
    }

    /** Returns the text of the original's first run. */
    public String text() {
        return first().text();
    }

    /** The original's first piece. */
    public OriginalRun first() {
        return of(Original.LABEL).get(0);
    }

    /** Returns the number of rounds. */
    public int rounds() {
        return of(Original.LABEL).size();
    }

    /** Whether every arm that must write the original's text did. */
    public boolean passes() {
        return rows().stream().noneMatch(row -> row.match() == Match.WRONG);
    }

    /** Where an arm's text first differs from the original's, with a few characters around; empty where it does not. */
    public Optional<String> difference(String arm) {
        return of(arm).stream().map(OriginalRun::text).filter(text -> !text.equals(text())).findFirst()
                .map(text -> difference(text(), text));
    }

    static String difference(String expected, String actual) {
        int at = Arrays.mismatch(expected.toCharArray(), actual.toCharArray());
        return "at character " + at + " of " + expected.length() + ": " + quote(actual, at) + ", the original has "
                + quote(expected, at);
    }

    private static String quote(String text, int at) {
        String around = text.substring(Math.max(0, at - QUOTED), Math.min(text.length(), at + QUOTED));
        return "'" + around.replace("\n", "\\n").replaceAll("[^ -~]", "?") + "'";
    }
}
