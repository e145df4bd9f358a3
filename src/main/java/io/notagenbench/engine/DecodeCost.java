package io.notagenbench.engine;

/**
 * The least work of a computation in any engine: the bytes that it must read and write, and its arithmetic.
 *
 * @param weightBytes of weights read: each once a forward pass, whose rows share it
 * @param cacheBytes  of keys and values read from the caches and written to them
 * @param operations  additions and multiplications in linear layers, head and attention; norms, GELU and softmax are
 *                    below a hundredth of them and not counted
 * @param passes      forward passes: a level is called once for each
 * @param blocks      transformer blocks that are run, in all passes
 */
public record DecodeCost(double weightBytes, double cacheBytes, double operations, double passes, double blocks) {

    /** The cost of no work. */
    public static final DecodeCost NOTHING = new DecodeCost(0, 0, 0, 0, 0);

    /** Returns the bytes of weights and caches. */
    public double bytes() {
        return weightBytes + cacheBytes;
    }

    /** Adds another cost to this. */
    public DecodeCost plus(DecodeCost other) {
        return new DecodeCost(weightBytes + other.weightBytes, cacheBytes + other.cacheBytes,
                operations + other.operations, passes + other.passes, blocks + other.blocks);
    }

    /** Returns the cost of doing this {@code count} times. */
    public DecodeCost times(double count) {
        return new DecodeCost(weightBytes * count, cacheBytes * count, operations * count, passes * count,
                blocks * count);
    }
}
