package io.notagenbench.sampling;

import java.util.Arrays;

/**
 * Samples a character as NotaGen does, equal to numpy to the last bit: softmax, top-k, top-p, then temperature, with a
 * renormalisation before each (notagen.md, section 2; {@code inference/utils.py} of the original and its package
 * {@code samplings}). Truncation is decided at temperature 1. Allocates nothing; used by one thread at a time.
 */
public final class Sampler {

    private static final int SIZE = 128;
    private static final int LANES = 8;
    private static final double EPSILON = 1e-12;
    /** From this temperature on, the power of the largest of 128 probabilities is above 0. */
    private static final double COLD = 0.01;

    private final SamplerSettings settings;
    private final double[] p = new double[SIZE];
    private final double[] cumulative = new double[SIZE];
    /** Ids by rank: probability descending, then index descending; valid below {@link #ranked}. */
    private final int[] order = new int[SIZE];
    private final boolean[] isRanked = new boolean[SIZE];
    private int ranked;
    /** How many of the first ranks are not truncated; all others share one probability. */
    private int kept;

    public Sampler(SamplerSettings settings) {
        this.settings = settings;
    }

    /**
     * Draws a character.
     *
     * @param logits  fp32 logits, {@code [128]} from {@code offset} on
     * @param offset  index of the first logit
     * @param uniform uniform random number in [0, 1)
     * @return an id, 0 to 127
     */
    public int sample(float[] logits, int offset, double uniform) {
        softmax(logits, offset);
        return sampleProbabilities(uniform);
    }

    /**
     * Draws a character from probabilities instead of logits.
     *
     * @param probabilities {@code [128]}
     * @param uniform       uniform random number in [0, 1)
     * @return an id, 0 to 127
     */
    public int sample(double[] probabilities, double uniform) {
        System.arraycopy(probabilities, 0, p, 0, SIZE);
        return sampleProbabilities(uniform);
    }

    private int sampleProbabilities(double uniform) {
        Arrays.fill(isRanked, false);
        ranked = 0;
        kept = SIZE;
        normalise();
        if (settings.topK() > 0) {
            keep(Math.min(settings.topK(), SIZE));
        }
        normalise();
        if (settings.topP() > 0 && settings.topP() < 1) {
            keep(nucleus());
        }
        normalise();
        if (settings.temperature() != 1) {
            temper();
        }
        return draw(uniform);
    }

    /** The distribution of the last draw, {@code [128]}. */
    public double[] distribution() {
        return p.clone();
    }

    /** Below which uniform number the last draw gave a character that is before {@code id}. */
    public double low(int id) {
        return id == 0 ? 0 : cumulative[id - 1] / cumulative[SIZE - 1];
    }

    /** From which uniform number on the last draw gave a character that is behind {@code id}. */
    public double high(int id) {
        return id == SIZE - 1 ? 1 : cumulative[id] / cumulative[SIZE - 1];
    }

    /** Whether top-k and top-p of the last draw left {@code id}: all others share one probability next to 0. */
    public boolean isKept(int id) {
        boolean left = kept == SIZE;
        for (int rank = 0; rank < kept && !left; rank++) {
            left = order[rank] == id;
        }
        return left;
    }

    /** How far a uniform number is from the nearest boundary between two characters of the last draw. */
    public double margin(double uniform) {
        double margin = Double.POSITIVE_INFINITY;
        for (double boundary : cumulative) {
            margin = Math.min(margin, Math.abs(boundary / cumulative[SIZE - 1] - uniform));
        }
        return margin;
    }

    private void softmax(float[] logits, int offset) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < SIZE; i++) {
            max = Math.max(max, logits[offset + i]);
        }
        for (int i = 0; i < SIZE; i++) {
            p[i] = Math.exp(logits[offset + i] - max);
        }
        divideBySum();
    }

    /** S(p) of notagen.md: negative values and NaN become 0, 1e-12 is added to all, and the sum is made 1. */
    private void normalise() {
        for (int i = 0; i < SIZE; i++) {
            p[i] = (p[i] >= 0 ? p[i] : 0) + EPSILON;
        }
        divideBySum();
    }

    private void divideBySum() {
        double sum = pairwiseSum();
        for (int i = 0; i < SIZE; i++) {
            p[i] /= sum;
        }
    }

    /** numpy's sum of 128 doubles: eight running accumulators, added in pairs. */
    private double pairwiseSum() {
        double r0 = p[0];
        double r1 = p[1];
        double r2 = p[2];
        double r3 = p[3];
        double r4 = p[4];
        double r5 = p[5];
        double r6 = p[6];
        double r7 = p[7];
        for (int i = LANES; i < SIZE; i += LANES) {
            r0 += p[i];
            r1 += p[i + 1];
            r2 += p[i + 2];
            r3 += p[i + 3];
            r4 += p[i + 4];
            r5 += p[i + 5];
            r6 += p[i + 6];
            r7 += p[i + 7];
        }
        return ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
    }

    /** Zeroes all but the first {@code count} ranks. Renormalising never changes the ranks of those that are kept. */
    private void keep(int count) {
        while (ranked < count) {
            rankNext();
        }
        kept = count;
        Arrays.fill(cumulative, 0);
        for (int rank = 0; rank < count; rank++) {
            cumulative[order[rank]] = p[order[rank]];
        }
        System.arraycopy(cumulative, 0, p, 0, SIZE);
        divideBySum();
    }

    /** Number of first ranks whose cumulative probability is the first to exceed top-p. */
    private int nucleus() {
        double sum = 0;
        for (int rank = 0; rank < SIZE; rank++) {
            if (rank == ranked) {
                rankNext();
            }
            sum += p[order[rank]];
            if (sum > settings.topP()) {
                return rank + 1;
            }
        }
        return SIZE;
    }

    /** Selecting one rank after the other is faster than a sort, since a nucleus has about ten characters. */
    private void rankNext() {
        int best = -1;
        for (int i = SIZE - 1; i >= 0; i--) {
            if (!isRanked[i] && (best < 0 || p[i] > p[best])) {
                best = i;
            }
        }
        isRanked[best] = true;
        order[ranked++] = best;
    }

    /**
     * Powers of the probabilities; the truncated ones are all equal and need one power. If a temperature close to 0
     * makes all powers 0, which is an error of the original, the most probable character is drawn.
     */
    private void temper() {
        boolean cold = settings.temperature() < COLD;
        if (cold && ranked == 0) {
            rankNext();
        }
        if (kept < SIZE) {
            double floor = power(p[truncated()]);
            Arrays.fill(cumulative, floor);
            for (int rank = 0; rank < kept; rank++) {
                cumulative[order[rank]] = power(p[order[rank]]);
            }
            System.arraycopy(cumulative, 0, p, 0, SIZE);
        } else {
            for (int i = 0; i < SIZE; i++) {
                p[i] = power(p[i]);
            }
        }
        if (cold && pairwiseSum() == 0) {
            p[order[0]] = 1;
        }
        divideBySum();
    }

    private int truncated() {
        while (ranked <= kept) {
            rankNext();
        }
        return order[kept];
    }

    private double power(double probability) {
        return Math.exp(Math.log(probability) / settings.temperature());
    }

    private int draw(double uniform) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += p[i];
            cumulative[i] = sum;
        }
        for (int i = 0; i < SIZE - 1; i++) {
            if (cumulative[i] / sum > uniform) {
                return i;
            }
        }
        return SIZE - 1;
    }
}
