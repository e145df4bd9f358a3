/**
 * Measures many cells, each fork in a process of its own, and writes what every fork gave into a folder that can be read at
 * any moment. It survives forks that crash, run out of memory or never end, and it resumes after it was killed itself.
 *
 * <p>Start with {@link io.notagenbench.sweep.Sweep}. A {@link io.notagenbench.sweep.Plan} names the cells,
 * {@link io.notagenbench.sweep.CellCheck} says which of them can run, {@link io.notagenbench.sweep.CellProcess} runs a fork, and
 * {@link io.notagenbench.sweep.ForkEnd} decides what its end means.
 *
 * <p>This package asks engines what they refuse and how much memory they need, but runs none: the forks do. It knows nothing
 * of the tools that read results.
 */
package io.notagenbench.sweep;
