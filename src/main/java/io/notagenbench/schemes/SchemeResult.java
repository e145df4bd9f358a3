package io.notagenbench.schemes;

import io.notagenbench.loss.PrecisionLoss;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * What a comparison of schemes showed.
 *
 * @param model      whose weights were rounded
 * @param hash       of its content
 * @param pieces     that the loss was measured over
 * @param characters of all of them
 * @param work       that was decoded for the times
 * @param window     of these, in patches
 * @param threads    of a model call
 * @param rows       every candidate, fp32 first
 */
public record SchemeResult(String model, String hash, List<String> pieces, int characters, String work, int window, int threads,
        List<Row> rows) {

    /**
     * A candidate.
     *
     * @param backend      inference engine
     * @param schemes      by which weights are rounded
     * @param inUse        whether it is what the backend's precision means
     * @param bytes        of the weights of all linear layers
     * @param bits         of one weight, with its share of scales and zero points
     * @param rounding     what is lost by rounding the weights alone, everything else in fp32
     * @param run          what is lost when it runs; null where it has no kernel
     * @param milliseconds a patch, the median of the rounds; null where it has no kernel
     * @param ratio        how many times faster than fp32, the median over the rounds; null where it has no kernel
     * @param turns        milliseconds a patch of each round
     * @param refusal      why it has no kernel; null where it has
     */
    public record Row(String backend, String schemes, boolean inUse, long bytes, double bits, PrecisionLoss rounding,
            PrecisionLoss run, Double milliseconds, Double ratio, List<Double> turns, String refusal) {
    }

    /**
     * @param elements of all linear layers
     * @param bytes    of the candidate
     * @param baseline that of fp32
     */
    static Row row(Candidate candidate, long elements, long bytes, PrecisionLoss rounding, Runner runner, Runner baseline) {
        double[] times = doubles(runner.milliseconds());
        double[] others = doubles(baseline.milliseconds());
        double[] ratios = IntStream.range(0, times.length).mapToDouble(round -> others[round] / times[round]).toArray();
        return new Row(candidate.backend().label(), candidate.schemes().label(), candidate.inUse(), bytes,
                (double) bytes * Byte.SIZE / elements, rounding, runner.loss(), new Median().evaluate(times),
                new Median().evaluate(ratios), List.copyOf(runner.milliseconds()), null);
    }

    /** That of a candidate without a kernel. */
    static Row row(Candidate candidate, long elements, long bytes, PrecisionLoss rounding, String refusal) {
        return new Row(candidate.backend().label(), candidate.schemes().label(), candidate.inUse(), bytes,
                (double) bytes * Byte.SIZE / elements, rounding, null, null, null, List.of(), refusal);
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
