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
}
