package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.notagenbench.fault.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How one cell ended: a line of the journal.
 *
 * @param number    place of the cell in the plan, from 1; its files have this name
 * @param benchmark full name of the method
 * @param params    value by name
 * @param jmh       JMH's options by letter
 * @param outcome   how it ended
 * @param reason    why, in one sentence; empty where it is OK
 * @param seconds   that its process took
 * @param score     JMH's score, null where there is none
 * @param unit      unit of the score, null where there is none
 * @param device    the card that it really ran on and what it took there, as its forks say; null where none says so
 * @param measured  what its forks gave; also of those that were fine where a later one was not; null where none gave anything
 * @param runs      when each of its forks ran; null where none did
 * @param interrupted true where the sweep was stopped before the cell ended, so that {@code --resume} runs it; else null
 * @param source    only in a merge: where the row comes from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CellRow(int number, @JsonProperty(required = true) String benchmark,
        @JsonProperty(required = true) Map<String, String> params, Map<String, String> jmh,
        @JsonProperty(required = true) Outcome outcome, String reason, double seconds, Double score, String unit,
        String device, Measured measured, List<ForkRun> runs, Boolean interrupted, Source source) {

    /**
     * Where a row of a merge comes from.
     *
     * @param run    name of its folder
     * @param number of the row there
     */
    public record Source(String run, int number) {
    }


    public CellRow {
        benchmark = BenchmarkNames.current(benchmark);
    }

    /** A row without samples. */
    public CellRow(int number, String benchmark, Map<String, String> params, Map<String, String> jmh, Outcome outcome,
            String reason, double seconds, Double score, String unit, String device) {
        this(number, benchmark, params, jmh, outcome, reason, seconds, score, unit, device, null, null, null, null);
    }

    /** What was to be measured. */
    public Cell cell() {
        return new Cell(benchmark, params, jmh);
    }

    /** The same row, marked as interrupted. */
    public CellRow asInterrupted() {
        return new CellRow(number, benchmark, params, jmh, outcome, reason, seconds, score, unit, device, measured, runs, true, source);
    }

    /**
     * The conditions that its forks ran under, as {@link ForkRun#since} names them and an empty text where they are those that
     * the sweep began with; those alone where no fork ran.
     */
    public Set<String> conditions() {
        return runs == null ? Set.of("")
                : runs.stream().map(run -> Objects.requireNonNullElse(run.since(), "")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether nothing went wrong: measured, or known beforehand to be impossible. */
    @JsonIgnore
    public boolean isFine() {
        return outcome == Outcome.OK || outcome == Outcome.SKIPPED;
    }
}
