package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which character followed which characters, and how often: counts for contexts of up to {@value #LONGEST} characters,
 * interpolated from the shortest to the longest. What a context weighs against the shorter ones is learned as the text
 * goes on, for contexts of its length that were met about as often and had about as many followers (Jelinek and Mercer,
 * 1980).
 */
final class Ngrams {

    /** A patch and a half: long enough to distinguish similar bars, short enough to occur again. */
    static final int LONGEST = 24;

    /** Lengths of contexts are spaced out: neighbouring long contexts say almost the same and would count twice. */
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, LONGEST};
    private static final int MOST_TIMES = 8;
    private static final int MOST_DISTINCT = 8;
    /** Weight, in observations, of the initial weights, which are those of Witten and Bell (1991). */
    private static final double PRIOR = 6;

    private final Map<Long, Followers> contexts = new HashMap<>();
    private final double[][] believed = new double[LENGTHS.length][MOST_TIMES * MOST_DISTINCT];
    private final double[][] seen = new double[LENGTHS.length][MOST_TIMES * MOST_DISTINCT];
    /** The contexts that end the history, one for each length. */
    private final long[] keys = new long[LENGTHS.length];

    Ngrams() {
        for (int length = 0; length < LENGTHS.length; length++) {
            for (int bucket = 0; bucket < MOST_TIMES * MOST_DISTINCT; bucket++) {
                double times = 1 << bucket / MOST_DISTINCT;
                double distinct = Math.min(times, bucket % MOST_DISTINCT + 1);
                seen[length][bucket] = PRIOR;
                believed[length][bucket] = PRIOR * times / (times + distinct);
            }
        }
    }

    /** Counts {@code id} after every context that ends a history of {@code length} ids, and learns which foresaw it. */
    void add(int[] history, int length, int id) {
        int count = keys(history, length);
        double probability = 1.0 / VOCABULARY;
        for (int i = 0; i < count; i++) {
            Followers followers = contexts.computeIfAbsent(keys[i], unseen -> new Followers());
            if (followers.total > 0) {
                int bucket = followers.bucket();
                double own = weight(i, bucket) * followers.count(id) / followers.total;
                probability = own + (1 - weight(i, bucket)) * probability;
                believed[i][bucket] += own / probability;
                seen[i][bucket]++;
            }
            followers.add(id);
        }
    }

    /**
     * Writes how probable each character is after a history of {@code length} ids ({@code [128]}).
     *
     * @return length of the longest context that was met before
     */
    int predict(int[] history, int length, double[] probabilities) {
        Arrays.fill(probabilities, 1.0 / VOCABULARY);
        int count = keys(history, length);
        int longest = 0;
        for (int i = 0; i < count; i++) {
            Followers followers = contexts.get(keys[i]);
            if (followers == null) {
                break;
            }
            followers.interpolate(probabilities, weight(i, followers.bucket()));
            longest = LENGTHS[i];
        }
        return longest;
    }

    private double weight(int length, int bucket) {
        return believed[length][bucket] / seen[length][bucket];
    }

    /** Contexts are told apart by a hash of 64 bits: a clash costs a draft, never a character of the text. */
    private int keys(int[] history, int length) {
        long key = 0;
        int count = 0;
        for (int order = 0; order <= Math.min(LONGEST, length); order++) {
            if (order > 0) {
                long z = (key + history[length - order] + 1) * 0x9e3779b97f4a7c15L;
                key = z ^ (z >>> 29);
            }
            if (order == LENGTHS[count]) {
                keys[count++] = key;
            }
        }
        return count;
    }

    /** The characters that followed one context. */
    private static final class Followers {

        private byte[] ids = new byte[2];
        private int[] counts = new int[2];
        private int distinct;
        private int total;

        void add(int id) {
            total++;
            for (int i = 0; i < distinct; i++) {
                if (ids[i] == id) {
                    counts[i]++;
                    return;
                }
            }
            if (distinct == ids.length) {
                ids = Arrays.copyOf(ids, 2 * distinct);
                counts = Arrays.copyOf(counts, 2 * distinct);
            }
            ids[distinct] = (byte) id;
            counts[distinct] = 1;
            distinct++;
        }

        int count(int id) {
            for (int i = 0; i < distinct; i++) {
                if (ids[i] == id) {
                    return counts[i];
                }
            }
            return 0;
        }

        /** How often it was met, by powers of two, and how many different characters followed. */
        int bucket() {
            int times = Math.min(MOST_TIMES, Integer.SIZE - Integer.numberOfLeadingZeros(total)) - 1;
            return times * MOST_DISTINCT + Math.min(MOST_DISTINCT, distinct) - 1;
        }

        void interpolate(double[] probabilities, double weight) {
            for (int id = 0; id < VOCABULARY; id++) {
                probabilities[id] *= 1 - weight;
            }
            for (int i = 0; i < distinct; i++) {
                probabilities[ids[i]] += weight * counts[i] / total;
            }
        }
    }
}
