/** Weights in few bits: how a matrix is rounded, and what it takes. No engine is known here. */
package io.notagenbench.quantisation;
