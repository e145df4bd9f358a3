package io.notagenbench.decoding;

/** Learns how often drafts of each confidence are right, as the piece is decoded. */
final class Acceptance {

    private static final int BUCKETS = 10;
    /** Weight, in observations, of the initial assumption that drafts are right as often as their confidence says. */
    private static final double PRIOR = 4;

    private final double[] accepted = new double[BUCKETS];
    private final double[] drafted = new double[BUCKETS];

    Acceptance() {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            drafted[bucket] = PRIOR;
            accepted[bucket] = PRIOR * (bucket + 0.5) / BUCKETS;
        }
    }

    /** Probability that a draft of this confidence is accepted. */
    double of(double confidence) {
        return accepted[bucket(confidence)] / drafted[bucket(confidence)];
    }

    void observe(double confidence, boolean right) {
        drafted[bucket(confidence)]++;
        if (right) {
            accepted[bucket(confidence)]++;
        }
    }

    private static int bucket(double confidence) {
        return Math.min(BUCKETS - 1, (int) (confidence * BUCKETS));
    }
}
