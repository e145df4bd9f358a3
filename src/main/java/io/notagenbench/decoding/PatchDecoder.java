package io.notagenbench.decoding;

import io.notagenbench.engine.HandOvers;

/**
 * Decodes the patches of one piece, one after the other: the patch level first, then the characters. Closing it closes
 * its session. Used by one thread at a time.
 */
public interface PatchDecoder extends AutoCloseable {

    /**
     * Only the first {@code patches} patches of the encoded context are unchanged: 0 for a new piece; after a stream cut the
     * patches before the first that differs, since later positions have shifted.
     */
    void truncate(int patches);

    /**
     * Patch level: brings the context up to its newest patch, whose hidden state {@link #decode} starts from.
     *
     * @param context ids of the context, {@code patches * 16} of them; since {@link #truncate} only appended to
     * @param patches complete patches in the context, 1 to the window
     */
    void encode(int[] context, int patches);

    /** Copies the hidden state of the newest patch ({@code [H]}). */
    void hiddenState(float[] hidden);

    /**
     * Char level: decodes the patch that follows the context.
     *
     * @param patch   the 16 ids of the patch; the first {@code chosen} are given, the others are written
     * @param chosen  number of ids that are already chosen, 0 to 15
     * @param chooser decides each character
     * @return number of ids of {@code patch} that are decided, given ones included: at least up to the first EOS
     */
    int decode(int[] patch, int chosen, CharChooser chooser);

    /** What the char level has done so far. */
    CharWork work();

    /** What the patch level has done so far; all 0 where it is not counted. */
    default PatchWork patchWork() {
        return new PatchWork(0, 0, 0, 0);
    }

    /** What went from device to device so far; none where one device holds the whole model. */
    default HandOvers handOvers() {
        return HandOvers.NONE;
    }

    @Override
    void close();
}
