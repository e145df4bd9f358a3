/**
 * Arms do the same work and are compared with a baseline. An {@link io.notagenbench.arms.Arm} is a backend, a precision
 * and a decoding; {@link io.notagenbench.arms.Turns} lets several take turns in random order. Start reading at one of
 * the comparisons, which differ in baseline and work:
 *
 * <ul>
 * <li>{@link io.notagenbench.arms.Race}: the first arm; all decode the same recorded patches and must draw the same
 * characters.
 * <li>{@link io.notagenbench.arms.OriginalRace}: the original NotaGen on Python; all write the same piece.
 * <li>{@link io.notagenbench.arms.ModelCheck}: the forward pass in double precision; errors, losses and texts, not
 * times.
 * </ul>
 *
 * <p>Results are data; the commands print them. This package uses {@code results}, {@code generate} and everything
 * below, but no other tool, no command, and no backend by name.
 */
package io.notagenbench.arms;
