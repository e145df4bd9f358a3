package io.notagenbench.engine;

/**
 * The state of one piece on the device: key/value caches of both levels and the hidden state of the newest patch. Two
 * methods run the model: {@code recompute} always starts them at 0, {@code cached} where the cache ends. A third runs
 * the char level of a whole patch, for {@code fused}. Used by one thread at a time.
 *
 * <p>In-place caches are invalid from a position on as soon as that position is written again, so a stream cut needs no
 * method: the next prefill starts at 0.
 */
public interface EngineSession extends AutoCloseable {

    /**
     * Runs the patch-level decoder over patches {@code from} to {@code from + count - 1} of the context, attending to
     * the cached keys and values of patches below {@code from}, and caches theirs. Keeps their hidden states on the
     * device: {@link #forwardChars} starts from that of the last, unless {@link #startFrom} chooses another.
     *
     * @param patches the ids of these patches alone, {@code count * 16} of them from index {@code offset} on
     * @param offset  index of the first id
     * @param from    position of the first patch; patches below it must have been run before
     * @param count   number of patches, at least 1; {@code from + count} is at most the window
     */
    void forwardPatches(int[] patches, int offset, int from, int count);

    /**
     * Lets {@link #forwardChars} start from the hidden state of another patch than the last that was run, as if it were
     * the newest: the patches behind it were drafts. No character is cached then. Their keys and values stay until
     * {@link #forwardPatches} writes others.
     *
     * @param patch its position in the context; the newest call of {@link #forwardPatches} ran it
     */
    void startFrom(int patch);

    /** Copies the hidden state of the newest patch, after the final LayerNorm, into {@code hidden} ({@code [H]}). */
    void hiddenState(float[] hidden);

    /**
     * Runs the char-level decoder over positions {@code from} to {@code from + count - 1}, attending to the cached
     * keys and values of positions below {@code from}, and caches theirs. Position 0 is the hidden state of the newest
     * patch, position p is character {@code chars[p - 1]}.
     *
     * @param chars  the characters of the patch so far, at least {@code from + count - 1} of them
     * @param from   first position; positions below it must have been run since {@link #forwardPatches}
     * @param count  number of positions, at least 1; {@code from + count} is at most 16
     * @param logits receives the logits of every position run, {@code [count, 128]}, the next character's last
     */
    void forwardChars(int[] chars, int from, int count, float[] logits);

    /**
     * Decodes the patch that follows the newest one in one call: runs the char-level decoder, draws a character as
     * notagen.md, section 2, has it, and goes on with it until one is EOS or the patch is full. Afterwards no character
     * is cached: {@link #forwardChars} starts at 0 again. Only of models that are opened for {@code fused}.
     *
     * @param patch  the ids that are chosen already, at least {@code chosen} of them; not changed
     * @param chosen number of them, 0 to 15
     * @param draws  what the others are drawn with
     * @param drawn  receives the id drawn for each slot from {@code chosen} on, {@code [16]}, before a given one
     *               overrules it
     * @return number of ids that are decided, chosen ones included
     */
    int decodePatch(int[] patch, int chosen, PatchDraws draws, int[] drawn);

    /** What went from device to device so far; none where one device holds the whole model. */
    default HandOvers handOvers() {
        return HandOvers.NONE;
    }

    @Override
    void close();
}
