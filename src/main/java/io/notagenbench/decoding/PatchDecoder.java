package io.notagenbench.decoding;

/**
 * Decodes the patches of one piece, one after the other. Closing it closes its session. Used by one thread at a time.
 */
public interface PatchDecoder extends AutoCloseable {

    /** The context was replaced, by a new piece or by a stream cut: what was cached of it is invalid. */
    void restart();

    /**
     * Decodes the patch that follows the context.
     *
     * @param context  ids of the context, {@code patches * 16} of them; since the last call or {@link #restart} only
     *                 appended to
     * @param patches  complete patches in the context, 1 to the window
     * @param patch    the 16 ids of the patch; the first {@code chosen} are given, the others are written
     * @param chosen   number of ids that are already chosen, 0 to 15
     * @param chooser  decides each character
     * @return number of ids of {@code patch} that are decided, given ones included: at least up to the first EOS
     */
    int decode(int[] context, int patches, int[] patch, int chosen, CharChooser chooser);

    @Override
    void close();
}
