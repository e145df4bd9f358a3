/**
 * The four ways to decode a patch with an {@link io.notagenbench.engine.EngineSession}. Start reading at {@link
 * io.notagenbench.decoding.PatchDecoder}, then {@code RecomputeDecoder} (what the original does) and {@code
 * CachedDecoder}; {@code FusedDecoder} and {@code SpeculativeDecoder} compute the same with fewer calls. {@link
 * io.notagenbench.decoding.BatchDecoder} decodes several pieces together. All write the same text.
 *
 * <p>A decoder asks a {@link io.notagenbench.decoding.CharChooser} for each character. It has nothing to do with
 * sampling, prompts, or the generation loop.
 */
package io.notagenbench.decoding;
