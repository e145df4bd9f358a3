package io.notagenbench.sampling;

import io.notagenbench.fault.Fault;

/**
 * The uniform numbers of {@code numpy.random.seed(seed); numpy.random.random_sample()}: MT19937 (Matsumoto and
 * Nishimura, 1998) seeded as in {@code init_genrand} of 2002, 53 bits for each double (notagen.md, section 2).
 */
public final class NumpyRandom {

    private static final int N = 624;
    private static final int M = 397;
    private static final long LARGEST_SEED = 0xFFFF_FFFFL;

    private final int[] state = new int[N];
    private int next = N;

    /** @param seed 0 to 2^32 - 1 */
    public NumpyRandom(long seed) {
        if (seed < 0 || seed > LARGEST_SEED) {
            throw Fault.usage("seed=" + seed + " is not allowed: give a whole number from 0 to " + LARGEST_SEED);
        }
        state[0] = (int) seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** The next number in [0, 1). */
    public double nextDouble() {
        long high = nextInt() >>> 5;
        long low = nextInt() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** The next {@code count} numbers. */
    public void fill(double[] uniforms, int count) {
        for (int i = 0; i < count; i++) {
            uniforms[i] = nextDouble();
        }
    }

    private int nextInt() {
        if (next == N) {
            twist();
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
    }
}
