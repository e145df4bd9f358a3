package io.notagenbench.benchmark.state;

import io.notagenbench.decoding.BatchWork;
import io.notagenbench.engine.HandOvers;

/**
 * What was done for a queue of pieces.
 *
 * @param devices    that have a model each
 * @param nanos      from the first piece entering to the last ending
 * @param aloneNanos that the first of several took for the whole queue; 0 where there is only one
 * @param batch      passes and rows of all of them
 * @param handOvers  what went from device to device within split models
 */
public record QueueWork(int devices, long nanos, long aloneNanos, BatchWork batch, HandOvers handOvers) {
}
