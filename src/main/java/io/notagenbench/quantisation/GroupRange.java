package io.notagenbench.quantisation;

/** Scale and zero point of one group: {@code weight = (number - zero point) * scale}. */
final class GroupRange {

    /** Each range that is tried is narrower by this share of the full range. */
    private static final float STEP = 0.05f;

    private final GroupScheme scheme;
    private float scale;
    private int zeroPoint;

    GroupRange(GroupScheme scheme) {
        this.scheme = scheme;
    }

    /**
     * Chooses both for the first {@code count} values. A narrower range clips the extreme weights and rounds all others
     * more finely.
     */
    void fit(float[] values, int count) {
        float lowest = 0;
        float highest = 0;
        for (int i = 0; i < count; i++) {
            lowest = Math.min(lowest, values[i]);
            highest = Math.max(highest, values[i]);
        }
        set(lowest, highest, 1);
        if (scheme.shrunk() == 0 || lowest == highest) {
            return;
        }
        float bestScale = scale;
        int bestZero = zeroPoint;
        double least = error(values, count);
        for (int step = 1; step <= scheme.shrunk(); step++) {
            set(lowest, highest, 1 - step * STEP);
            double error = error(values, count);
            if (error < least) {
                least = error;
                bestScale = scale;
                bestZero = zeroPoint;
            }
        }
        scale = bestScale;
        zeroPoint = bestZero;
    }

    private void set(float lowest, float highest, float share) {
        int largest = scheme.largest();
        if (scheme.zeroPoints()) {
            scale = (highest - lowest) * share / largest;
            zeroPoint = scale == 0 ? 0 : Math.min(largest, Math.max(0, Math.round(-lowest * share / scale)));
        } else {
            zeroPoint = scheme.middle();
            scale = Math.max(highest, -lowest) * share / (zeroPoint - 1);
        }
        if (scale == 0) {
            scale = Float.MIN_NORMAL;
        }
    }

    private double error(float[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            float difference = values[i] - (round(values[i]) - zeroPoint) * scale;
            sum += difference * difference;
        }
        return sum;
    }

    /** The whole number of a weight. */
    int round(float value) {
        int number = Math.round(value / scale) + zeroPoint;
        return Math.min(scheme.largest(), Math.max(0, number));
    }

    float scale() {
        return scale;
    }

    int zeroPoint() {
        return zeroPoint;
    }
}
