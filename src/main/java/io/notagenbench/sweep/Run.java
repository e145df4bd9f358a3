package io.notagenbench.sweep;

/**
 * When a fork of a cell ran: arms are interleaved in rounds of one fork of each cell, in a random order.
 *
 * @param round   from 1
 * @param place   in the order of its round, from 1
 * @param started when its process began, in UTC
 * @param seconds that its process took
 */
public record Run(int round, int place, String started, double seconds) {
}
