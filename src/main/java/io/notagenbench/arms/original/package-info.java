/**
 * The original NotaGen in a Python process of its own. Start with {@link io.notagenbench.arms.original.Original}; the
 * other side of the conversation is the resource {@code original.py}, which imports the checkout and copies none of it.
 *
 * <p>This package uses checkpoints and the settings of a piece, but neither arms nor engines.
 */
package io.notagenbench.arms.original;
