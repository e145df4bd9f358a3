/**
 * The folder of a run: what is in its files, and the one place that reads and writes each of them. {@code sweep} fills such
 * a folder; {@code report}, {@code compare} and {@code merge} read it and need nothing else.
 *
 * <p>Start with {@link io.notagenbench.results.RunFolder}, then {@link io.notagenbench.results.CellRow}, a line of the
 * journal. {@link io.notagenbench.results.Measured} alone reads JMH's raw data. {@link io.notagenbench.results.ForkReport} is what
 * a fork tells its sweep. The classes of counters name what benchmarks count and tables show.
 *
 * <p>This package knows parameters, statistics and the memory of its own process. It knows neither engines nor the loop that
 * writes a piece, so a folder can be read where no engine starts.
 */
package io.notagenbench.results;
