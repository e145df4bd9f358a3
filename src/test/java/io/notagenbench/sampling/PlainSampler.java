package io.notagenbench.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The sampling recipe of notagen.md, section 2, line by line: what {@link Sampler} must equal to the last bit. */
public final class PlainSampler {

    private PlainSampler() {
    }

    public static double[] distribution(float[] logits, SamplerSettings settings) {
        double[] p = s(softmax(logits));
        if (settings.topK() > 0) {
            p = keep(p, Math.min(settings.topK(), p.length));
        }
        p = s(p);
        if (settings.topP() > 0 && settings.topP() < 1) {
            p = keep(p, nucleus(p, settings.topP()));
        }
        p = s(p);
        if (settings.temperature() != 1) {
            double[] q = p;
            p = divided(IntStream.range(0, p.length).mapToDouble(i -> Math.exp(Math.log(q[i]) / settings.temperature()))
                    .toArray());
        }
        return p;
    }

    public static int draw(double[] p, double uniform) {
        double[] cdf = p.clone();
        for (int i = 1; i < cdf.length; i++) {
            cdf[i] += cdf[i - 1];
        }
        double last = cdf[cdf.length - 1];
        return IntStream.range(0, cdf.length).filter(i -> cdf[i] / last > uniform).findFirst().orElseThrow();
    }

    private static double[] softmax(float[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double m = max;
        return divided(IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - m)).toArray());
    }

    private static double[] s(double[] p) {
        return divided(Arrays.stream(p).map(v -> (v >= 0 ? v : 0) + 1e-12).toArray());
    }

    private static double[] divided(double[] p) {
        double sum = sum(p);
        return Arrays.stream(p).map(v -> v / sum).toArray();
    }

    private static double sum(double[] p) {
        double[] r = Arrays.copyOf(p, 8);
        for (int i = 8; i < p.length; i++) {
            r[i % 8] += p[i];
        }
        return ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    }

    private static int[] ranks(double[] p) {
        return IntStream.range(0, p.length).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> p[i]).thenComparing(i -> i).reversed())
                .mapToInt(Integer::intValue).toArray();
    }

    private static double[] keep(double[] p, int count) {
        double[] kept = new double[p.length];
        Arrays.stream(ranks(p)).limit(count).forEach(i -> kept[i] = p[i]);
        return divided(kept);
    }

    private static int nucleus(double[] p, double topP) {
        double sum = 0;
        int count = 0;
        for (int i : ranks(p)) {
            sum += p[i];
            count++;
            if (sum > topP) {
                break;
            }
        }
        return count;
    }
}
