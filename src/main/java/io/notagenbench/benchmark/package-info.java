/**
 * The questions that the suite answers, one JMH benchmark for each. A body only calls its state, so nothing is timed
 * but the work; the Javadoc of a benchmark is its question and a command.
 *
 * <ul>
 * <li>{@link io.notagenbench.benchmark.ForwardPassBenchmark}, {@link io.notagenbench.benchmark.PatchDecodingBenchmark}
 * and {@link io.notagenbench.benchmark.SamplingBenchmark}: the stages of a piece.
 * <li>{@link io.notagenbench.benchmark.FullPieceBenchmark} and {@link io.notagenbench.benchmark.BatchBenchmark}: a
 * piece, and a queue of pieces.
 * <li>{@link io.notagenbench.benchmark.ModelLoadBenchmark} and {@link io.notagenbench.benchmark.TextBenchmark}: what
 * else a user waits for.
 * <li>{@link io.notagenbench.benchmark.ServiceBenchmark} and {@link io.notagenbench.benchmark.ServiceLoadBenchmark}: a
 * service, one request at a time and under load.
 * <li>{@link io.notagenbench.benchmark.RooflineBenchmark} and {@link io.notagenbench.benchmark.RulerBenchmark}: the
 * machine.
 * </ul>
 *
 * <p>Start reading with {@link io.notagenbench.benchmark.FullPieceBenchmark}. This package knows its states, and the
 * types that they return. No other package knows it: commands find benchmarks in JMH's own list.
 */
package io.notagenbench.benchmark;
