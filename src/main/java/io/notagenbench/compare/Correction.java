package io.notagenbench.compare;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts the p of many comparisons, so that many cells do not find by chance what one would not. */
public enum Correction {
    /** Holm: bounds the probability of even one false verdict among all cells. */
    HOLM {
        @Override
        double[] adjust(double[] p) {
            int[] ascending = ascending(p);
            double[] adjusted = new double[p.length];
            double largest = 0;
            for (int rank = 0; rank < p.length; rank++) {
                largest = Math.max(largest, (p.length - rank) * p[ascending[rank]]);
                adjusted[ascending[rank]] = Math.min(1, largest);
            }
            return adjusted;
        }
    },
    /** Benjamini and Hochberg: bounds the share of false verdicts among those given. */
    BH {
        @Override
        double[] adjust(double[] p) {
            int[] ascending = ascending(p);
            double[] adjusted = new double[p.length];
            double smallest = 1;
            for (int rank = p.length - 1; rank >= 0; rank--) {
                smallest = Math.min(smallest, p.length * p[ascending[rank]] / (rank + 1));
                adjusted[ascending[rank]] = smallest;
            }
            return adjusted;
        }
    };

    /** The adjusted values, each at its place. */
    abstract double[] adjust(double[] p);

    private static int[] ascending(double[] p) {
        return IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue).toArray();
    }
}
