package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import java.util.Arrays;
import java.util.List;

/**
 * Drafts the next characters of a patch from what the piece has said so far, and from pieces it knew before. A draft is
 * drawn with the very uniform number that the real draw will use, so that it agrees wherever the two distributions
 * nearly do.
 */
final class Drafter {

    private static final int CONTEXT_PATCHES = 3;
    /** The bounds between characters are guesses, wrong by about so much: measured on pieces of the tiny checkpoint. */
    private static final double NEAR = 0.2;

    private final Ngrams ngrams = new Ngrams();
    private final double[] probabilities = new double[VOCABULARY];
    /** Ids of the newest patches, then of the patch that is being decoded. */
    private final int[] history = new int[(CONTEXT_PATCHES + 1) * PATCH_SIZE];
    private int contextLength;
    private boolean knowsPrompt;
    private double confidence;
    private int matched;

    /** @param known streams of ids of other pieces, each patch up to and with its EOS */
    Drafter(List<int[]> known) {
        known.forEach(this::learn);
    }

    private void learn(int[] stream) {
        for (int i = 0; i < stream.length; i++) {
            int from = Math.max(0, i - Ngrams.LONGEST);
            System.arraycopy(stream, from, history, 0, i - from);
            ngrams.add(history, i - from, stream[i]);
        }
    }

    /**
     * The context that the next patch follows. The first one is the prompt, which nothing decoded, and is learned; a
     * later one that is new repeats what was said before.
     */
    void context(int[] context, int patches) {
        for (int patch = 0; patch < patches && !knowsPrompt; patch++) {
            remember(context, patch);
            int[] ids = Arrays.copyOfRange(context, patch * PATCH_SIZE, patch * PATCH_SIZE + lengthOf(context, patch));
            learn(ids, 0, ids.length);
        }
        knowsPrompt = true;
        remember(context, patches);
    }

    /** Writes the newest patches before {@code patch} to the history. */
    private void remember(int[] context, int patch) {
        contextLength = 0;
        for (int p = Math.max(0, patch - CONTEXT_PATCHES); p < patch; p++) {
            int length = lengthOf(context, p);
            System.arraycopy(context, p * PATCH_SIZE, history, contextLength, length);
            contextLength += length;
        }
    }

    private static int lengthOf(int[] context, int patch) {
        for (int i = 0; i < PATCH_SIZE; i++) {
            if (context[patch * PATCH_SIZE + i] == EOS) {
                return i + 1;
            }
        }
        return PATCH_SIZE;
    }

    /**
     * Drafts the character of {@code slot} after the ids before it, drafts among them.
     *
     * @return its id
     */
    int draft(int[] patch, int slot, CharChooser chooser) {
        System.arraycopy(patch, 0, history, contextLength, slot);
        matched = ngrams.predict(history, contextLength + slot, probabilities);
        return draw(chooser.uniform(slot));
    }

    /**
     * The character on which most of the numbers near the real one fall. Top-k, top-p and temperature are left out: the
     * text that was learned has been through them.
     */
    private int draw(double uniform) {
        double low = Math.max(0, uniform - NEAR);
        double high = Math.min(1, uniform + NEAR);
        int best = 0;
        double most = 0;
        double start = 0;
        for (int id = 0; id < VOCABULARY; id++) {
            double end = start + probabilities[id];
            double part = Math.min(end, high) - Math.max(start, low);
            if (part > most) {
                most = part;
                best = id;
            }
            start = end;
        }
        confidence = Math.sqrt(probabilities[best] * most / (high - low));
        return best;
    }

    /** Returns the confidence in the last draft, 0 to 1; {@link Acceptance} learns how often such drafts are right. */
    double confidence() {
        return confidence;
    }

    /** Length of the longest context of the last draft that was met before. */
    int matched() {
        return matched;
    }

    /** Learns that ids {@code from} to {@code to} of a patch are decided. */
    void learn(int[] patch, int from, int to) {
        System.arraycopy(patch, 0, history, contextLength, to);
        for (int slot = from; slot < to; slot++) {
            ngrams.add(history, contextLength + slot, patch[slot]);
        }
    }
}
