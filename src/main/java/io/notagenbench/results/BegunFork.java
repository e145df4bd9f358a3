package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.notagenbench.device.KillSource;
import io.notagenbench.device.OomKills;

/**
 * A fork that has begun: written before its process starts, since a container may die with it. A sweep that ends in good
 * order takes the line back or adds a {@link ForkRow}. Where neither happened, the whole sweep died while the fork ran.
 *
 * @param number of the cell in the plan
 * @param round  of the fork, from 1
 * @param begun  when, in UTC
 * @param cell   what was measured
 * @param kills  what the kernel had counted by then
 * @param lostTo who can have ended it, as the next sweep of the folder found; null before that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BegunFork(int number, @JsonProperty(required = true) int round, @JsonProperty(required = true) String begun,
        @JsonProperty(required = true) Cell cell, @JsonProperty(required = true) OomKills kills, KillSource lostTo)
        implements ForkLine {

    /** This fork, after the whole sweep died while it ran. */
    public BegunFork lost(OomKills now) {
        return lostTo != null ? this : new BegunFork(number, round, begun, cell, kills, now.since(kills));
    }
}
