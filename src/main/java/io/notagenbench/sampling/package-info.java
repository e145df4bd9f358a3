/**
 * How NotaGen draws a character, equal to numpy to the last bit: the sampler and its random numbers.
 *
 * <p>Start reading with {@link io.notagenbench.sampling.Sampler}. This package knows logits as plain arrays, and no
 * engine.
 */
package io.notagenbench.sampling;
