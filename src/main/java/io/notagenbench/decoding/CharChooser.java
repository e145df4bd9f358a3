package io.notagenbench.decoding;

import io.notagenbench.engine.PatchDraws;

/** Decides the next character of a patch from its logits. */
@FunctionalInterface
public interface CharChooser {

    /**
     * @param logits logits of the next character, {@code [128]} from {@code offset} on
     * @param offset index of the first logit
     * @param slot   place of the character in its patch, 0 to 15
     * @return the id of the character, 0 to 127
     */
    int choose(float[] logits, int offset, int slot);

    /**
     * The uniform number that the character of a slot will be drawn with: a draft that is drawn with it agrees wherever
     * its distribution is close to the model's.
     *
     * @param slot place of the character in its patch, 0 to 15
     * @return the number, in [0, 1); 0.5 where the character is not drawn
     */
    default double uniform(int slot) {
        return 0.5;
    }

    /**
     * What the characters of a patch are drawn with, for a decoder that draws them inside its engine and then tells
     * them to {@link #drawn} instead of asking {@link #choose}.
     *
     * @param chosen number of ids of the patch that are already chosen
     * @throws UnsupportedOperationException if it must see logits to decide
     */
    default PatchDraws draws(int chosen) {
        throw new UnsupportedOperationException("this chooser decides from logits, which stay inside the engine");
    }

    /**
     * A character was drawn with what {@link #draws} gave, one call for each slot, in their order.
     *
     * @param slot place of the character in its patch, 0 to 15
     * @param id   the one drawn, before a given one overruled it
     */
    default void drawn(int slot, int id) {
        // a chooser that decides from logits is told of none
    }
}
