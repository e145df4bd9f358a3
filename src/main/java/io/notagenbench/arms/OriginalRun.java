package io.notagenbench.arms;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One piece that the original or an arm wrote.
 *
 * @param round    from 1
 * @param position in the random order of its round, from 1
 * @param arm      {@code original}, or backend, precision and decoding
 * @param patches  generated, the end patch included
 * @param cuts     stream cuts
 * @param seconds  from the prompt to the end, the model loaded before
 * @param full     whether it ends because a stream cut found nothing to drop
 * @param text     what was written, with its prompt
 */
public record OriginalRun(int round, int position, String arm, int patches, int cuts, double seconds,
        boolean full, String text) {

    /** Milliseconds a generated patch. */
    @JsonProperty
    public double msPerPatch() {
        return 1000 * seconds / patches;
    }
}
