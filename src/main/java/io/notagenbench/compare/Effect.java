package io.notagenbench.compare;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * How much longer B takes than A, from the means of their forks, by Welch's t on the logarithms of the times.
 *
 * <p>Why this test: what differs between two builds is a factor, so logarithms; the forks of two builds may scatter
 * differently, so Welch; and forks are few, where a rank test or a bootstrap has nothing to say: of three forks a side
 * the smallest p of Mann-Whitney is 0.1, and resampled triples give intervals that are too narrow.
 *
 * @param ratio       time of B over time of A: the geometric means; above 1 B is slower, also for throughputs
 * @param low         lower end of the confidence interval of the ratio
 * @param high        upper end
 * @param g           Hedges' g: the difference of the logarithms in standard deviations between forks, with its
 *                    correction for few forks; NaN where no fork differs from another
 * @param pDifferent  p of the hypothesis that the times are equal, two-sided
 * @param pEquivalent p of the hypothesis that the ratio lies outside of the margin: the larger of two one-sided tests
 * @param spread      pooled standard deviation of the logarithms between forks
 */
record Effect(double ratio, double low, double high, double g, double pDifferent, double pEquivalent, double spread) {

    /** Forks that a side must have to show how much forks differ. */
    static final int FEWEST_FORKS = 2;

    /**
     * @param a      logarithms of A's times, at least {@link #FEWEST_FORKS}
     * @param b      those of B
     * @param margin the ratio that still counts as the same, less 1
     * @param alpha  one minus the confidence of the interval
     */
    static Effect of(double[] a, double[] b, double margin, double alpha) {
        double difference = StatUtils.mean(b) - StatUtils.mean(a);
        double errorA = StatUtils.variance(a) / a.length;
        double errorB = StatUtils.variance(b) / b.length;
        double error = Math.sqrt(errorA + errorB);
        double spread = Math.sqrt(((a.length - 1) * StatUtils.variance(a) + (b.length - 1) * StatUtils.variance(b))
                / (a.length + b.length - 2));
        if (error == 0) {
            throw new IllegalArgumentException("forks without any spread were not measured");
        }
        // Welch and Satterthwaite.
        double freedom = (errorA + errorB) * (errorA + errorB)
                / (errorA * errorA / (a.length - 1) + errorB * errorB / (b.length - 1));
        TDistribution student = new TDistribution(null, freedom);
        double half = student.inverseCumulativeProbability(1 - alpha / 2) * error;
        double limit = Math.log1p(margin);
        double notBelow = student.cumulativeProbability(-(limit + difference) / error);
        double notAbove = student.cumulativeProbability(-(limit - difference) / error);
        double small = 1 - 3.0 / (4 * (a.length + b.length - 2) - 1);
        return new Effect(Math.exp(difference), Math.exp(difference - half), Math.exp(difference + half),
                small * difference / spread, new TTest().tTest(a, b), Math.max(notBelow, notAbove), spread);
    }
}
