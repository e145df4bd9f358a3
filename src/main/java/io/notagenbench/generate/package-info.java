/**
 * Writes whole pieces (section 3 of {@code docs/notagen.md}). Start reading at {@code PieceWriter}: the loop itself,
 * which runs no model, so that it serves one piece and several together. {@link
 * io.notagenbench.generate.PieceGenerator} runs it with one decoder, {@link io.notagenbench.generate.BatchGenerator}
 * with pieces together, {@link io.notagenbench.generate.MultiModelGenerator} with several models. {@link
 * io.notagenbench.generate.Trace} is a recorded piece that fixes the work of a run.
 *
 * <p>It uses decoders and the sampler, names no backend, and measures only the times of a piece.
 */
package io.notagenbench.generate;
