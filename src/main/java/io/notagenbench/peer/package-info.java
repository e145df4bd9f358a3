/** The original NotaGen, driven beside the suite's own arms on the same work. */
package io.notagenbench.peer;
