/**
 * What benchmarks work on: parameters, models, contexts and buffers, made ready and checked before anything is timed.
 *
 * <p>Start reading with {@link io.notagenbench.benchmark.state.ModelState}, which loads a model once for each fork, and
 * {@link io.notagenbench.benchmark.state.PieceState}, which has the caches of one piece. Before the first timed call,
 * {@code SelfCheck} compares what is about to be timed with a recomputation, in the measuring
 * process. A state fills the counters of its benchmark when an iteration is over.
 *
 * <p>A parameter is a public field with the name of a {@link io.notagenbench.params.Parameter}; a benchmark has the
 * parameters of the states that it uses. This package knows engines by their contracts, {@code generate}, {@code
 * decoding}, and the counters of {@code results}.
 */
package io.notagenbench.benchmark.state;
