package io.notagenbench.decoding;

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
}
