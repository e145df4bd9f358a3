package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which character followed which characters, and how often: counts for contexts of up to {@value #LONGEST} characters,
 * interpolated from the shortest to the longest (Witten and Bell, 1991, method C).
 */
final class Ngrams {

    /** A patch and a half: enough to tell a bar from its like, short enough to be met again. */
    static final int LONGEST = 24;

    private final Map<Long, Followers> contexts = new HashMap<>();

    /** Counts {@code id} after every context that ends a history of {@code length} ids. */
    void add(int[] history, int length, int id) {
        long key = 0;
        for (int order = 0; order <= Math.min(LONGEST, length); order++) {
            key = order == 0 ? 0 : extend(key, history[length - order]);
            contexts.computeIfAbsent(key, unseen -> new Followers()).add(id);
        }
    }

    /**
     * Writes how probable each character is after a history of {@code length} ids ({@code [128]}).
     *
     * @return length of the longest context that was met before
     */
    int predict(int[] history, int length, double[] probabilities) {
        Arrays.fill(probabilities, 1.0 / VOCABULARY);
        long key = 0;
        for (int order = 0; order <= Math.min(LONGEST, length); order++) {
            key = order == 0 ? 0 : extend(key, history[length - order]);
            Followers followers = contexts.get(key);
            if (followers == null) {
                return order - 1;
            }
            followers.interpolate(probabilities);
        }
        return Math.min(LONGEST, length);
    }

    /** Contexts are told apart by a hash of 64 bits: a clash costs a draft, never a character of the text. */
    private static long extend(long key, int id) {
        long z = (key + id + 1) * 0x9e3779b97f4a7c15L;
        return z ^ (z >>> 29);
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

        /** The share of the shorter contexts is the number of distinct followers against that of all. */
        void interpolate(double[] probabilities) {
            double weight = total + distinct;
            double shorter = distinct / weight;
            for (int id = 0; id < VOCABULARY; id++) {
                probabilities[id] *= shorter;
            }
            for (int i = 0; i < distinct; i++) {
                probabilities[ids[i]] += counts[i] / weight;
            }
        }
    }
}
