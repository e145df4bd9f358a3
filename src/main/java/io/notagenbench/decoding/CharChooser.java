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
     * Draws a draft of a character as {@link #choose} would draw the character: with the same settings and the very
     * uniform number of its slot, so that a distribution close to the model's gives the same character.
     *
     * @param probabilities what a cheap model expects, {@code [128]}; overwritten
     * @param slot          place of the character in its patch, 0 to 15
     * @return the id of the character
     */
    default int draft(double[] probabilities, int slot) {
        int best = 0;
        for (int id = 1; id < probabilities.length; id++) {
            if (probabilities[id] > probabilities[best]) {
                best = id;
            }
        }
        return best;
    }

    /**
     * What the characters of a patch are drawn with, for a decoder that draws them inside its engine and then tells them
     * to {@link #drawn} instead of asking {@link #choose}.
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
        // whoever decides from logits hears of none
    }
}
