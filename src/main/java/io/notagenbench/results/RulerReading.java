package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.notagenbench.fault.Outcome;
import java.util.Map;

/**
 * How fast the machine was at one moment of a sweep, by RulerBenchmark, whose work never changes: a line of {@code
 * drift.jsonl}.
 *
 * @param started     when, in UTC
 * @param forks       of the sweep that had ended by then
 * @param outcome     how it ended; a ruler that failed does not stop a sweep
 * @param reason      why, in one sentence; empty where it is OK
 * @param loadAverage processes that wanted to run in the minute before; negative where it is not known
 * @param readings    by method: {@code compute}, {@code memory}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RulerReading(String started, int forks, @JsonProperty(required = true) Outcome outcome, String reason,
        double loadAverage, Map<String, Measured> readings) {

    public RulerReading {
        readings = readings == null ? Map.of() : readings;
    }
}
