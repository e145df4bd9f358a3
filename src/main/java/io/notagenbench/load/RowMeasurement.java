package io.notagenbench.load;

import io.notagenbench.statistics.Samples;
import io.notagenbench.statistics.Trend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes a row of what came back. */
final class RowMeasurement {

    /** Neighbours in a queue wait for the same reason, so the trend is that of the means of as many parts. */
    private static final int PARTS = 10;
    private static final int LEAST_IN_PART = 3;
    private static final double LATE = 0.05;
    private static final double NANOS = 1e9;
    /** Every origin together. */
    static final String ALL = "all";
    private static final String NOT_TOLD = "not-told";
    private static final String TTFT = "-ttft";
    /** To the first patch from when the request was sent, and not from when it was meant to be. */
    private static final String SINCE_SENT = "sent-ttft";

    private final List<Answered> all;
    private final List<Answered> steady;
    private final List<Answered> whole;
    private final Phases phases;
    private final Times times = new Times();

    /** @param all in the order of their sending */
    RowMeasurement(List<Answered> all, Phases phases) {
        this.all = all;
        this.phases = phases;
        steady = IntStream.range(0, all.size()).filter(phases::isSteady).mapToObj(all::get).toList();
        whole = steady.stream().filter(Answered::isWhole).toList();
        steady.forEach(answered -> times.add("lag", answered.lag()));
        all.stream().limit(phases.ramp()).filter(Answered::isWhole).forEach(answered -> times.add("ramp-ttft", answered.ttft()));
        whole.forEach(answered -> times.add(SINCE_SENT, answered.ttft() - answered.lag()));
        whole.forEach(answered -> add(ALL, answered));
        whole.forEach(answered -> add(origin(answered), answered));
    }

    private static String origin(Answered answered) {
        return answered.cache().isEmpty() ? NOT_TOLD : answered.cache();
    }

    private void add(String origin, Answered answered) {
        times.add(origin + TTFT, answered.ttft());
        times.add(origin + "-total", answered.total());
        for (double gap : answered.gaps()) {
            times.add(origin + "-gap", gap);
        }
        answered.timings().ifPresent(told -> {
            times.add(origin + "-queue", told.queue());
            times.add(origin + "-prefill", told.prefill());
            times.add(origin + "-first-patch", told.firstPatch());
        });
    }

    /** Of all requests with a whole text, or of those that the server says have one origin. */
    Row.Latencies latencies(String origin) {
        return new Row.Latencies(times.of(origin + TTFT), times.of(origin + "-queue"), times.of(origin + "-prefill"),
                times.of(origin + "-first-patch"), times.of(origin + "-gap"), times.of(origin + "-total"));
    }

    /** The histograms that the row is made of, each with a name. */
    Times times() {
        return times;
    }

    /**
     * @param rate    null in a closed loop
     * @param clients null in an open loop
     */
    Row row(Double rate, Integer clients, Slo slo, Playback playback) {
        long first = steady.get(0).request().intended();
        long last = steady.get(steady.size() - 1).request().intended();
        double seconds = (last - first) / NANOS;
        List<Boolean> played = whole.stream().map(playback::neverStalls).flatMap(Optional::stream).toList();
        List<Answered> failed = steady.stream().filter(answered -> !answered.isWhole() && !answered.isRejected()).toList();
        int rejected = steady.size() - whole.size() - failed.size();
        double[] inFlight = inFlight();
        Trend ttft = trend(whole, Answered::ttft);
        Trend queue = trend(IntStream.range(0, steady.size()).boxed().toList(), i -> inFlight[i]);
        Verdict verdict = rate == null ? failure() : verdict(ttft, queue, rejected);
        return new Row(rate, clients, verdict.state(), verdict.reason(), steady.size(), Math.min(phases.ramp(), all.size()),
                Math.max(0, all.size() - phases.ramp() - phases.steady()), whole.size(), rejected, failed.size(),
                failed.isEmpty() ? null : failed.get(0).failure().orElseThrow(), null, seconds,
                all.stream().filter(Answered::isWhole).filter(one -> in(one, one.total(), first, last)).count() / seconds,
                all.stream().flatMap(one -> one.patches().stream().filter(patch -> in(one, patch.at(), first, last))).count()
                        / seconds,
                (double) steady.stream().filter(slo::isMetBy).count() / steady.size(), played.size(),
                played.isEmpty() ? null : (double) played.stream().filter(fine -> fine).count() / played.size(),
                latencies(ALL), origins(), times.of("lag"), times.of("ramp-ttft"), mean(inFlight),
                (int) IntStream.range(0, inFlight.length).mapToDouble(i -> inFlight[i]).max().orElse(0), ttft.drift(),
                queue.drift());
    }

    private Map<String, Row.Latencies> origins() {
        Map<String, Row.Latencies> origins = new LinkedHashMap<>();
        whole.stream().map(RowMeasurement::origin).distinct().sorted().forEach(origin -> origins.put(origin, latencies(origin)));
        return origins;
    }

    private static boolean in(Answered answered, double millis, long first, long last) {
        double at = answered.request().intended() + millis * 1e6;
        return at > first && at <= last;
    }

    /** For each measured request those before it that had not ended when it was meant to be sent. */
    private double[] inFlight() {
        return steady.stream().mapToDouble(one -> all.stream().filter(other -> other.request().intended() < one.request().intended()
                && other.request().reply().ended() > one.request().intended()).count()).toArray();
    }

    private static double mean(double[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    }

    /** Unknown where a part would have too few. */
    private static <T> Trend trend(List<T> values, ToDoubleFunction<T> number) {
        int parts = values.size() < PARTS * LEAST_IN_PART ? 1 : PARTS;
        List<Double> means = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            means.add(values.subList(part * values.size() / parts, (part + 1) * values.size() / parts).stream()
                    .mapToDouble(number).average().orElse(0));
        }
        return new Samples(List.of(means)).trend();
    }

    private record Verdict(RowState state, String reason) {
    }

    private Verdict failure() {
        return whole.isEmpty() ? new Verdict(RowState.ERROR, "no request got a whole text") : new Verdict(RowState.OK, null);
    }

    private Verdict verdict(Trend ttft, Trend queue, int rejected) {
        if (whole.isEmpty()) {
            return failure();
        }
        for (double share : Quantiles.SHARES) {
            double meant = times.at(ALL + TTFT, share);
            double since = times.at(SINCE_SENT, share);
            if (Quantiles.isKnown(share, whole.size()) && meant - since > LATE * meant) {
                return new Verdict(RowState.LOAD_GENERATOR_LATE, "requests were sent so late that the time to the first patch, p"
                        + Math.round(100 * share) + ", is " + Numbers.brief(meant) + " ms, and would be " + Numbers.brief(since)
                        + " ms counted from when they were sent");
            }
        }
        if (rises(ttft) && rises(queue)) {
            return new Verdict(RowState.SATURATED, "from the first measured request to the last the time to the first patch rises by "
                    + Numbers.percent(ttft.drift()) + " of its mean, and the requests on their way by "
                    + Numbers.percent(queue.drift()));
        }
        return rejected == 0 ? failure() : new Verdict(RowState.SATURATED, rejected + " requests found the queue full");
    }

    private static boolean rises(Trend trend) {
        return trend.state() == Trend.State.TRENDING && trend.drift() > 0;
    }
}
