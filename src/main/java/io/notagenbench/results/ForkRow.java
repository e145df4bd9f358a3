package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Outcome;

/**
 * How one fork of a cell ended: a line of {@code forks.jsonl}, so that a cell of many forks loses none of them.
 *
 * @param number  of the cell in the plan
 * @param run     when it ran
 * @param outcome how it ended
 * @param reason  why, in one sentence; empty where it is OK
 * @param device  the card that it ran on; null where it does not say so
 * @param peakBytes the most main memory that its process had; null where it does not say so
 * @param result  JMH's result of this fork; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ForkRow(int number, @JsonProperty(required = true) ForkRun run, @JsonProperty(required = true) Outcome outcome,
        String reason, String device, Long peakBytes, JsonNode result) implements ForkLine {

    @Override
    @JsonIgnore
    public int round() {
        return run.round();
    }
}
