/**
 * The model in double precision, slow and readable: {@link io.notagenbench.engine.reference.ReferenceForward} is the
 * executable specification that every backend is tested against. Read it together with section 1 of {@code
 * docs/notagen.md}.
 *
 * <p>It knows only the checkpoint: no engine, no cache, no optimisation.
 */
package io.notagenbench.engine.reference;
