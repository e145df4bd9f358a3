/**
 * Compares two sets of runs, cell by cell, and says which cells are slower, faster or the same. A fork counts as one sample:
 * iterations of one JVM share its compiled code and its memory layout, so they say nothing about the next JVM.
 *
 * <p>Start with {@link io.notagenbench.compare.Comparison}. {@link io.notagenbench.compare.Effect} has the statistics of one cell,
 * and {@link io.notagenbench.compare.Correction} those of many cells at once.
 *
 * <p>This package knows folders of results and files of JMH. It needs no engine.
 */
package io.notagenbench.compare;
