package io.notagenbench.engine;

/**
 * Hidden states that went from one device to another, where devices share the layers of a model.
 *
 * @param count how often: once for every pass of the patch level
 * @param nanos what it took: from when the first device had them until the second had them
 */
public record HandOvers(long count, long nanos) {

    /** The hand-overs of a model that is not split. */
    public static final HandOvers NONE = new HandOvers(0, 0);

    /** Returns {@link #nanos} in seconds. */
    public double seconds() {
        return nanos / 1e9;
    }

    /** Adds others to these. */
    public HandOvers plus(HandOvers other) {
        return new HandOvers(count + other.count, nanos + other.nanos);
    }
}
