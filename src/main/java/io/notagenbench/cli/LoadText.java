package io.notagenbench.cli;

import static io.notagenbench.cli.TextTable.number;

import io.notagenbench.load.LoadResult;
import io.notagenbench.load.Quantiles;
import io.notagenbench.load.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a load for people. */
final class LoadText {

    private static final String NONE = "-";

    private final LoadResult result;
    private final List<Row> rows = new ArrayList<>();

    LoadText(LoadResult result) {
        this.result = result;
        if (result.capacity() != null) {
            rows.add(result.capacity());
        }
        rows.addAll(result.rows());
    }

    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%s: %s, %s %s, batch %d; %s arrivals, %s pieces of %s patches%n%n", result.server(),
                result.model().id(), result.model().backend(), result.model().precision(), result.model().batch(), result.arrivals(),
                result.popularity(), result.lengths());
        TextTable loads = new TextTable().text("load").text("state").numbers("requests", "whole", "429", "errors", "wrong", "texts/s",
                "patches/s", "on the way", "good", "playable", "sent late");
        rows.forEach(row -> loads.row(row.load(), row.state().name(), Integer.toString(row.requests()), Integer.toString(row.whole()),
                Integer.toString(row.rejected()), Integer.toString(row.errors()), String.valueOf(row.wrong()),
                number("%.2f", row.throughput()), number("%.1f", row.patches()), number("%.1f", row.inFlight()),
                number("%.0f %%", 100 * row.goodput()), row.playable() == null ? NONE : number("%.0f %%", 100 * row.playable()),
                millis(row.lag().max())));
        loads.print(out);
        out.println();
        TextTable times = new TextTable().text("load").text("texts").numbers("n").text("first patch p50 / p90 / p99 / max")
                .numbers("queue p50", "prefill p50", "patch p50").text("gap p50 / p90 / p99 / max").text("total p50 / p90 / p99 / max");
        if (result.floor() != null) {
            times(times, "floor", "no engine", result.floor());
        }
        for (Row row : rows) {
            times(times, row.load(), "all", row.times());
            if (row.origins().size() > 1) {
                row.origins().forEach((origin, latencies) -> times(times, row.load(), origin, latencies));
            }
        }
        times.print(out);
        out.println();
        notes(out);
        out.flush();
    }

    private void notes(PrintWriter out) {
        out.printf(Locale.ROOT, "Times are milliseconds from when a request was meant to be sent; %s where there are too"
                + " few for a percentile (p50 needs 20, p90 100, p99 1000).%n", NONE);
        out.printf(Locale.ROOT, "Good: first patch within %.0f ms, mean gap within %.0f ms, end within %.0f ms. Playable:"
                + " no stop in the music that begins %s s after the first whole bar.%n", result.slo().ttftMillis(), result.slo().gapMillis(),
                result.slo().totalMillis(), number("%.1f", result.buffer()));
        rows.stream().filter(row -> row.reason() != null)
                .forEach(row -> out.println(row.load() + ": " + row.state() + ", " + row.reason() + "."));
        rows.stream().filter(row -> row.error() != null).forEach(row -> out.println(row.load() + ": first error: " + row.error()));
        if (result.rows().stream().anyMatch(row -> row.rate() != null)) {
            out.println(result.knee() == null ? "No rate is steady with 95 % good requests."
                    : "Knee: " + number("%.3g", result.knee()) + " requests a second is the highest rate that is steady with 95 % good"
                            + " requests.");
        }
        out.println(Count.of(result.compared(), "different text", "different texts") + " compared with the engine alone.");
    }

    private static void times(TextTable table, String load, String origin, Row.Latencies times) {
        table.row(load, origin, Long.toString(times.ttft().n()), spread(times.ttft()), median(times.queue()), median(times.prefill()),
                median(times.firstPatch()), spread(times.gap()), spread(times.total()));
    }

    private static String median(Quantiles quantiles) {
        return value(quantiles.p50());
    }

    private static String spread(Quantiles quantiles) {
        return String.join(" / ", value(quantiles.p50()), value(quantiles.p90()), value(quantiles.p99()),
                quantiles.max() == null ? NONE : millis(quantiles.max()));
    }

    private static String value(Quantiles.Quantile quantile) {
        return quantile == null ? NONE : millis(quantile.value());
    }

    private static String millis(double millis) {
        return number(millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }
}
