package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * When a fork of a cell ran: arms are interleaved in rounds of one fork of each cell, in a random order.
 *
 * @param round   from 1
 * @param place   in the order of its round, from 1
 * @param started when its process began, in UTC
 * @param seconds that its process took
 * @param since   null where it ran under the conditions that the sweep began with; otherwise the moment from which on
 *                others held, which names them
 * @param running of these seconds, those in which the benchmark ran: loading, warmup and measuring; the others are for starting and
 *                 ending JVMs; null where it is not known
 * @param waited  seconds that it waited before it began, because another JMH run measured; null where it did not wait
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ForkRun(int round, int place, String started, double seconds, String since, Double running, Double waited) {
}
