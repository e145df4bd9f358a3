package io.notagenbench.load;

/**
 * A request with its reply.
 *
 * @param intended when the schedule has it sent; what its client waits for counts from here
 * @param sent     when it was
 */
record Sent(Wanted wanted, long intended, long sent, Reply reply) {
}
