package io.notagenbench.checkpoint;

import java.util.Optional;

/**
 * Sizes of a NotaGen model (notagen.md, section 1). They follow from the shapes of a checkpoint's tensors.
 *
 * @param patchLayers layers of the patch-level decoder, L
 * @param charLayers  layers of the char-level decoder, M
 * @param hidden      hidden size H, a multiple of {@value #HEAD_SIZE}
 * @param rows        rows of the patch-level position table: the largest context window in patches
 */
public record ModelConfig(int patchLayers, int charLayers, int hidden, int rows) {

    /** Characters in a patch. */
    public static final int PATCH_SIZE = 16;

    /** ASCII code points: the vocabulary of both levels. */
    public static final int VOCABULARY = 128;

    /** Pads a patch after its EOS. */
    public static final int PAD = 0;

    /** Fills the patch that begins a piece; followed by {@link #EOS} it ends the piece. */
    public static final int BOS = 1;

    /** Ends a patch that holds fewer than {@value #PATCH_SIZE} characters. */
    public static final int EOS = 2;

    /** Rows of the char-level position table: the hidden state of the patch and its 16 characters. */
    public static final int CHAR_ROWS = PATCH_SIZE + 1;

    /** Size of an attention head. */
    public static final int HEAD_SIZE = 64;

    /**
     * Why a parameter asks for too many patches, in one sentence; empty if the model has a position row for each.
     *
     * @param parameter its name
     * @param model     as {@code -p model=} names it
     */
    public Optional<String> tooLong(String parameter, int patches, String model) {
        return patches <= rows ? Optional.empty() : Optional.of(parameter + "=" + patches + " is more than the " + rows
                + " position rows of model=" + model + ": choose " + rows + " or less.");
    }

    /** Attention heads of both levels. */
    public int heads() {
        return hidden / HEAD_SIZE;
    }

    /** Number of parameters as published: the dead patch-level token embedding counts, the tied head does not. */
    public long parameters() {
        long h = hidden;
        long block = 12 * h * h + 13 * h;
        long patch = (long) PATCH_SIZE * VOCABULARY * h + h + h + rows * h + patchLayers * block + 2 * h;
        long chars = VOCABULARY * h + CHAR_ROWS * h + charLayers * block + 2 * h;
        return patch + chars;
    }
}
