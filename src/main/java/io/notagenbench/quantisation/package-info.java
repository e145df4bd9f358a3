/**
 * Weights in few bits: how a matrix is rounded, and how many bytes the result has.
 *
 * <p>Start reading with {@link io.notagenbench.quantisation.GroupScheme}. This package uses no other package of the
 * suite, and no engine.
 */
package io.notagenbench.quantisation;
