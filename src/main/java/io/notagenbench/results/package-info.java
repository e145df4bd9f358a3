/**
 * The folder of a run: what is in its files, and the one place that reads and writes each of them. {@code sweep} fills such
 * a folder; {@code report}, {@code compare} and {@code merge} read it and need nothing else.
 *
 * <p>Start with {@link io.notagenbench.results.RunFolder}, then {@link io.notagenbench.results.CellRow}, a line of the
 * journal. This package knows parameters and statistics, but neither engines nor the loop that writes a piece: a folder can be
 * read where no engine starts.
 */
package io.notagenbench.results;
